// Invariant: what is said about a disk is measured when it is said.
import { existsSync, readdirSync, readlinkSync, statfsSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
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
  const place = existingAbove(path);
  const { bavail, blocks, bsize } = statfsSync(place);
  const free = `${megabytes(bavail * bsize)} of ${megabytes(blocks * bsize)} free`;
  return `the disk at ${mountPoint(place)} is full (${free})`;
}

/**
 * What to do about it, and what smartbuild itself could give back on that disk: logs of earlier
 * builds, and earlier images. `root`: log/smartbuild; `then`: the command to go on with; `path`:
 * anything on the full disk.
 */
export function fullDiskAdvice(root: string, then = "smartbuild run", path = root): string {
  const builds = buildFolders(root).slice(1);
  const held = [
    heldText(builds, "earlier builds in log/smartbuild", path),
    heldText(earlierImages(join(root, "../../output")), "earlier images in output", path),
  ].filter((text) => text !== undefined);
  return [`Make room there, then ${then}.`, ...held].join(" ");
}

/** e.g. `3 earlier images in output hold 812.4 MB.`; undefined: nothing on this disk. */
function heldText(paths: readonly string[], what: string, disk: string): string | undefined {
  const here = existingAbove(disk);
  const near = paths.filter((path) => statSync(path).dev === statSync(here).dev);
  const bytes = near.reduce((sum, path) => sum + treeBytes(path), 0);
  return bytes === 0 ? undefined : `${String(near.length)} ${what} hold ${megabytes(bytes)}.`;
}

/** Images and tarballs that the links to the latest do not name. */
function earlierImages(output: string): string[] {
  let names: string[];
  try {
    names = readdirSync(output);
  } catch {
    return [];
  }
  const latest = ["platform-latest", "platform-latest.tgz"].flatMap((name) => {
    try {
      return basename(readlinkSync(join(output, name)));
    } catch {
      return [];
    }
  });
  return names
    .filter((name) => /^platform-\d{8}T\d{6}Z(\.tgz)?$/.test(name) && !latest.includes(name))
    .map((name) => join(output, name));
}

/** The path, or the nearest folder above it that is there. */
function existingAbove(path: string): string {
  return existsSync(path) ? path : existingAbove(dirname(path));
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
