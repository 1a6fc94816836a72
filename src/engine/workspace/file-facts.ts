// Invariant: asking about a file never throws; what cannot be reached is not there.
import { readdirSync, statSync, type Stats } from "node:fs";

/** The stat of a path, links followed; undefined when there is none or it cannot be reached. */
export function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** Whether there is anything at a path. */
export function isThere(path: string): boolean {
  return statOf(path) !== undefined;
}

/** Whether a path is a folder, or a link to one. */
export function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() ?? false;
}

/** Whether a path is a plain file, or a link to one. */
export function isFile(path: string): boolean {
  return statOf(path)?.isFile() ?? false;
}

/** The names in a folder, in no order; none when it cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
