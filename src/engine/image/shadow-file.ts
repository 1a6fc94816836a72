// Invariant: root's password changes in the image alone; the tree's own shadow file stays as it is.
import { readFileSync, writeFileSync } from "node:fs";
import type { ByteText } from "../manifest/byte-text.ts";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { ImagePlan } from "./plan.ts";
import { hashPassword, randomPassword, readPassword, withRootPassword } from "./root-password.ts";
import { findSource } from "./sources.ts";

const shadowPath = "etc/shadow";

/** Where root's password comes from and where it goes. */
export interface PasswordRequest {
  readonly searchDirs: readonly string[];
  /** Its first line is the password; without it, a random one is made. */
  readonly passwordFile?: string;
  /** PATH for openssl. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * The contents that differ from their source: etc/shadow with root's password set. A random
 * password is written to the new file `newPasswordFile`, which its owner alone can read. Where the
 * source cannot be read, nothing is replaced: placing it says why, with all else that fails.
 */
export function setRootPassword(
  request: PasswordRequest,
  plan: ImagePlan,
  newPasswordFile: string,
): Result<ReadonlyMap<ByteText, Uint8Array>> {
  const given = request.passwordFile;
  const password = given === undefined ? ok(randomPassword()) : readPassword(given);
  if (!password.ok) return password;
  const contents = new Map<ByteText, Uint8Array>();
  const entry = plan.files.find(({ path }) => path === shadowPath);
  if (entry === undefined) {
    return fail("bad-input", `no manifest delivers ${shadowPath}, so root has no password to set`);
  }
  const source = findSource(shadowPath, request.searchDirs);
  if (source.kind !== "found") return ok(contents);
  let original: Buffer;
  try {
    original = readFileSync(source.path);
  } catch {
    return ok(contents);
  }
  const hashed = hashPassword(password.value, request.env);
  if (!hashed.ok) return hashed;
  const shadow = withRootPassword(original, hashed.value);
  if (shadow === undefined) return fail("bad-input", `${String(source.path)} has no row of root`);
  contents.set(shadowPath, shadow);
  if (given === undefined) {
    writeFileSync(newPasswordFile, `${password.value}\n`, { flag: "wx", mode: 0o600 });
  }
  return ok(contents);
}
