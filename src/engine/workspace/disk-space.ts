// Invariant: what is said about a disk is measured when it is said.
import { statfsSync } from "node:fs";

/** Room of a file system, in bytes. */
export interface DiskSpace {
  /** What an ordinary user can still write. */
  readonly free: number;
  readonly total: number;
}

/** The room of the file system that holds a path; undefined where the system does not tell. */
export function diskSpace(path: string): DiskSpace | undefined {
  try {
    const { bavail, blocks, bsize } = statfsSync(path);
    return { free: bavail * bsize, total: blocks * bsize };
  } catch {
    return undefined;
  }
}

/** A platform build of a real tree needs some GB more for each image it makes. */
const littleBytes = 2e9;
const littleShare = 0.02;

/** True where a build may soon fail for want of room. */
export function isDiskLow({ free, total }: DiskSpace): boolean {
  return free < Math.min(littleBytes, total * 0.1) || free < total * littleShare;
}
