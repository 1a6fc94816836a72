// Invariant: only the end of a stage's output is read; a stage that says nothing has no result.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { cleanText } from "../logs/clean.ts";

/** More than the last lines of such a stage take. */
const endBytes = 4096;

/**
 * The last line of a log that fits the pattern, cleaned, at most 200 columns; undefined when none of
 * its last 4 KiB does or it cannot be read. `path`: absolute.
 */
export function stageResult(path: string, pattern: RegExp): string | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return undefined;
  }
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(endBytes, size));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    const line = bytes
      .toString()
      .split("\n")
      .findLast((text) => pattern.test(text));
    return line === undefined ? undefined : cleanText(line);
  } finally {
    closeSync(file);
  }
}
