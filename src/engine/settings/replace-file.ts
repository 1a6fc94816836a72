// Invariant: at every moment the file is wholly the old or wholly the new one, and no file of ours
// in the root has a name that configure would source.
import { randomBytes } from "node:crypto";
import {
  accessSync,
  constants,
  chownSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fail, ok, type Result } from "../result.ts";

export interface Replacement {
  /** Absolute; a symbolic link is written through. */
  readonly path: string;
  /** The bytes as they were read; undefined for a file that is to be new. */
  readonly before: Uint8Array | undefined;
  readonly after: Uint8Array;
  /** Folder for the temporary file, made when missing: log/smartbuild of the workspace. */
  readonly scratch: string;
  /** It holds a secret: nobody but its owner may read it from now on. */
  readonly isPrivate?: boolean;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

function bytesNow(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function isAsRead(path: string, before: Uint8Array | undefined): boolean {
  const now = bytesNow(path);
  return now === undefined || before === undefined ? now === before : now.equals(before);
}

function fill(temporary: string, target: string, after: Uint8Array, isPrivate: boolean): void {
  const old = statSync(target, { throwIfNoEntry: false });
  const open = isPrivate ? 0o700 : 0o7777;
  const descriptor = openSync(temporary, "wx", isPrivate ? 0o600 : 0o666);
  try {
    if (old !== undefined) fchmodSync(descriptor, old.mode & open);
    writeFileSync(descriptor, after);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  if (old === undefined || process.getuid?.() !== 0) return;
  chownSync(temporary, old.uid, old.gid);
}

function isOpenFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Puts the temporary file in place; a new file is linked, so that one made meanwhile is kept. */
function place(temporary: string, target: string, isNew: boolean): void {
  if (!isNew) renameSync(temporary, target);
  else {
    linkSync(temporary, target);
    rmSync(temporary);
  }
}

function changed(path: string): ReturnType<typeof fail> {
  return fail(
    "cannot-write",
    `${path} has changed on disk since it was read; nothing was written.`,
    "Read it again, then make the change again.",
  );
}

/**
 * Replaces a file by new bytes in one step, keeping its mode (and, as root, its owner). Failures:
 * `cannot-write` when the file is not as it was read, or the system refuses.
 */
export function replaceFile(replacement: Replacement): Result<undefined> {
  const { path, before, after, scratch, isPrivate = false } = replacement;
  const name = `${basename(path)}.${randomBytes(6).toString("hex")}`;
  let target = path;
  let places: string[] = [];
  try {
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) target = realpathSync(path);
    // The second for a scratch folder that is closed to us or on another file system; its leading
    // dot escapes the glob.
    if (before === undefined) mkdirSync(dirname(target), { recursive: true });
    places = [join(scratch, `.${name}`), join(dirname(target), `.smartbuild-${name}`)];
    if (!isOpenFolder(scratch)) places.shift();
    for (const [index, temporary] of places.entries()) {
      fill(temporary, target, after, isPrivate);
      if (!isAsRead(target, before)) return changed(path);
      try {
        place(temporary, target, before === undefined);
        return ok(undefined);
      } catch (error) {
        if (hasCode(error, "EEXIST")) return changed(path);
        if (!hasCode(error, "EXDEV") || index === places.length - 1) throw error;
      }
    }
    throw new Error("both places are on another file system");
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    // `EACCES: permission denied, rename '…' -> '…'`: the file is named already.
    const why = error.message.replace(/^[A-Z]+: /, "").replace(/, \w+( '[^]*)?$/, "");
    return fail(
      "cannot-write",
      `${path} cannot be written: ${why}.`,
      "Check the rights and the space of its folder.",
    );
  } finally {
    for (const temporary of places) rmSync(temporary, { force: true });
  }
}
