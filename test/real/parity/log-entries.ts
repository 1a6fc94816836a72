// Invariant: an entry counts by what it says of the image (kind, path, mode, owners, target), never by
// its place in the log or the folder its content was found in.
import { readFileSync } from "node:fs";
import { parseImageEntry } from "../../../src/engine/logs/image-entry.ts";

/** The image entries of a log, one text each. */
export function logEntries(file: string): Set<string> {
  const entries = new Set<string>();
  for (const line of readFileSync(file, "latin1").split("\n")) {
    const entry = parseImageEntry(line);
    if (entry === undefined) continue;
    const { outcome, path, ...rest } = entry;
    entries.add(`${path} ${JSON.stringify(rest)} ${outcome.kind}`);
  }
  return entries;
}
