// Invariant: links are not followed, and what vanishes meanwhile counts nothing.
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Bytes of all files below a folder. */
export function treeBytes(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() !== true) return stat?.size ?? 0;
  try {
    return readdirSync(path).reduce((sum, name) => sum + treeBytes(join(path, name)), 0);
  } catch {
    return 0;
  }
}
