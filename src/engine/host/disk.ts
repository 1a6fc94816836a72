// Invariant: what is said about a disk is measured when it is said.
import { statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { buildFolders } from "../journal/builds.ts";
import { treeBytes } from "./tree-bytes.ts";

/** Codes of a disk that takes no more. */
const fullCodes: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

/** True when a write failed because there is no room. */
export function isDiskFull(error: unknown): boolean {
  return fullCodes.has((error as NodeJS.ErrnoException | undefined)?.code ?? "");
}

/** One sentence: which disk is full, and how much of it is free. `path`: anything on that disk. */
export function fullDiskSentence(path: string): string {
  const { bavail, blocks, bsize } = statfsSync(path);
  const free = `${megabytes(bavail * bsize)} of ${megabytes(blocks * bsize)} free`;
  return `the disk at ${mountPoint(path)} is full (${free})`;
}

/**
 * What to do about it, and what earlier builds could give back. `root`: log/smartbuild; `then`: the
 * command to go on with.
 */
export function fullDiskAdvice(root: string, then = "smartbuild run"): string {
  const earlier = buildFolders(root).slice(1);
  const bytes = earlier.reduce((sum, folder) => sum + treeBytes(folder), 0);
  const own =
    earlier.length === 0
      ? ""
      : ` ${String(earlier.length)} earlier builds in log/smartbuild hold ${megabytes(bytes)}.`;
  return `Make room there, then ${then}.${own}`;
}

/** The highest folder above a path that is on the same file system. */
export function mountPoint(path: string): string {
  const { dev } = statSync(path);
  let at = path;
  while (dirname(at) !== at && statSync(dirname(at)).dev === dev) at = dirname(at);
  return at;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
