// Invariant: a password is only ever in memory, on a pipe to openssl, and in a file its owner alone
// can read; never in argv, in the environment, in a log or in a message.
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { ByteText } from "../manifest/byte-text.ts";
import { fromBytes, toBytes } from "../manifest/byte-text.ts";
import { errorReason } from "./sources.ts";

/** No character that is easily taken for another one. */
const capitals = "ACDEFHJKLMNPQRTUVWXYZ";
const digits = "34679";
const alphabet = `${capitals}${digits}abcdefghijkmnopqrstuvwxyz`;
const passwordLength = 16;

/** What openssl reads at most. */
const longestPassword = 255;

/** 16 random characters, at least one capital and one digit among them. */
export function randomPassword(): string {
  for (;;) {
    const letters = Array.from({ length: passwordLength }, () =>
      alphabet.charAt(randomInt(alphabet.length)),
    );
    const has = (some: string): boolean => letters.some((letter) => some.includes(letter));
    if (has(capitals) && has(digits)) return letters.join("");
  }
}

/** The first line of a password file. */
export function readPassword(path: string): Result<string> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    return fail("bad-input", `cannot read the password file ${path}: ${errorReason(error)}`);
  }
  const [line = ""] = text.split("\n", 1);
  const password = line.replace(/\r$/, "");
  if (password === "") return fail("bad-input", `${path}:1: the password is empty`);
  if (password.includes("\0")) return fail("bad-input", `${path}:1: the password holds a NUL byte`);
  if (Buffer.byteLength(password) > longestPassword) {
    return fail("bad-input", `${path}:1: the password is longer than ${longestPassword} bytes`);
  }
  return ok(password);
}

/** The SHA-256 crypt hash (`$5$…`) of a password, made by openssl; it is given on a pipe. */
export function hashPassword(password: string, env: NodeJS.ProcessEnv): Result<string> {
  const run = spawnSync("openssl", ["passwd", "-5", "-stdin"], {
    env,
    input: `${password}\n`,
    encoding: "utf8",
    stdio: ["pipe", "pipe", "pipe"],
  });
  if (run.error !== undefined) {
    const missing = "code" in run.error && run.error.code === "ENOENT";
    return fail(
      "missing-tool",
      missing
        ? "openssl is not in PATH, and root's password cannot be hashed without it"
        : `openssl cannot be started: ${errorReason(run.error)}`,
      "Install openssl (apt-get install openssl, or pkgin install openssl).",
    );
  }
  const hashed = run.stdout.trim();
  if (run.status !== 0 || !/^\$5\$[^:\s]+$/.test(hashed)) {
    const [reason = ""] = run.stderr.split("\n", 1);
    return fail("missing-tool", `\`openssl passwd -5\` failed: ${reason}`, "Update openssl.");
  }
  return ok(hashed);
}

/** A shadow(4) file with root's password hash replaced; undefined when it has no row of root. */
export function withRootPassword(shadow: Uint8Array, hashed: string): Buffer | undefined {
  const text: ByteText = fromBytes(shadow);
  if (!/^root:[^:\n]*:/m.test(text)) return undefined;
  // A function: a hash is full of $, which a replacement string would read as its own.
  return toBytes(text.replace(/^root:[^:\n]*:/m, () => `root:${hashed}:`));
}
