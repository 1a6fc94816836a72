// Invariant: what is copied are the bytes of the log, less what only a terminal would act on.
import { closeSync, openSync, readSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/** The text of `bytes` bytes at `offset`; undefined when the log cannot be read. */
export function rawText(path: string, offset: number, bytes: number): string | undefined {
  try {
    const file = openSync(path, "r");
    try {
      const buffer = Buffer.alloc(bytes);
      const length = readSync(file, buffer, 0, bytes, offset);
      const text = stripVTControlCharacters(buffer.toString("utf8", 0, length));
      return text.replace(/[^\P{Cc}\t\n]/gu, "");
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}
