// Invariant: the first search directory that has a path delivers it; a later one never replaces a
// source that is there but cannot be used.
import type { Stats } from "node:fs";
import { statSync } from "node:fs";
import type { ByteText } from "../manifest/byte-text.ts";
import { pathIn } from "../manifest/byte-text.ts";

/** Where a file's content comes from. */
export type Source =
  | {
      readonly kind: "found";
      /** The search directory, as given. */
      readonly dir: string;
      readonly path: string | Buffer;
      /** Bytes. */
      readonly size: number;
    }
  | { readonly kind: "missing" }
  | { readonly kind: "unusable"; readonly path: string | Buffer; readonly reason: string };

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "not permitted",
  ENOENT: "no such file or directory",
  ENOSPC: "no space left on device",
  EDQUOT: "disk quota exceeded",
  EFBIG: "file too large",
  EIO: "input/output error",
  ELOOP: "too many levels of symbolic links",
  EMFILE: "too many open files",
  ENAMETOOLONG: "file name too long",
  EROFS: "read-only file system",
};

/** A system error in plain words, without the path and call that Node adds. */
export function errorReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return reasons[code] ?? error.message;
}

/** Finds a file in the search directories; follows symbolic links, as opening it does. */
export function findSource(path: ByteText, searchDirs: readonly string[]): Source {
  for (const dir of searchDirs) {
    const full = pathIn(dir, path);
    let stats: Stats | undefined;
    try {
      stats = statSync(full, { throwIfNoEntry: false });
    } catch (error) {
      return { kind: "unusable", path: full, reason: errorReason(error) };
    }
    if (stats === undefined) continue;
    if (stats.isFile()) return { kind: "found", dir, path: full, size: stats.size };
    const what = stats.isDirectory() ? "is a directory" : "is not a regular file";
    return { kind: "unusable", path: full, reason: what };
  }
  return { kind: "missing" };
}
