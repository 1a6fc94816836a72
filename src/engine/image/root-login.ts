// Invariant: who can log in as root is decided in one place, and only the image's shadow changes;
// the tree's own shadow file stays as it is.
import { writeFileSync } from "node:fs";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { ImageTree } from "./image-tree.ts";
import { readContent } from "./read-content.ts";
import { hashPassword, randomPassword, readPassword, withRootPassword } from "./root-password.ts";

const shadowPath = "etc/shadow";

/** Where root's password comes from, in the order in which they count. */
export interface LoginRequest {
  /** Its first line is the password. */
  readonly passwordFile?: string;
  /** Already hashed. */
  readonly passwordHash?: string;
  /** Nothing may be random: without a password or a hash, root is locked. */
  readonly reproducible: boolean;
  /** PATH for openssl. */
  readonly env: NodeJS.ProcessEnv;
}

/** How root logs in. */
export type Login = "given" | "hash" | "locked" | "random";

/**
 * Sets root's password in the image's etc/shadow. A random one is written to the new file
 * `newPasswordFile`, which its owner alone can read.
 */
export function setRootLogin(
  tree: ImageTree,
  request: LoginRequest,
  newPasswordFile: string,
): Result<Login> {
  const { passwordFile, passwordHash, reproducible, env } = request;
  const shadow = tree.fileAt(shadowPath);
  if (shadow === undefined) {
    return fail("bad-input", `no manifest delivers ${shadowPath}, so root has no password to set`);
  }
  let login: Login;
  let hashed: string;
  let random: string | undefined;
  if (passwordFile === undefined && passwordHash !== undefined) {
    [login, hashed] = ["hash", passwordHash];
  } else if (passwordFile === undefined && reproducible) {
    [login, hashed] = ["locked", "*LK*"];
  } else {
    const password = passwordFile === undefined ? ok(randomPassword()) : readPassword(passwordFile);
    if (!password.ok) return password;
    const made = hashPassword(password.value, env);
    if (!made.ok) return made;
    hashed = made.value;
    login = passwordFile === undefined ? "random" : "given";
    if (login === "random") random = password.value;
  }
  const changed = withRootPassword(readContent(shadow.content), hashed);
  if (changed === undefined)
    return fail("bad-input", `the image's ${shadowPath} has no row of root`);
  const { mode, uid, gid } = shadow;
  tree.write(shadowPath, changed, { mode, uid, gid });
  if (random !== undefined) {
    writeFileSync(newPasswordFile, `${random}\n`, { flag: "wx", mode: 0o600 });
  }
  return ok(login);
}
