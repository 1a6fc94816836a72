// Invariant: an entry is told once per log however often it is printed, also when another
// descriptor's text tears it; logs without entries cost one comparison a line.
import { entryStart } from "../logs/image-entry.ts";
import { ImageLogReader, type ImageLogItem } from "../logs/image-entries.ts";
import type { DiagnosedLine } from "./found-problem.ts";

/** An entry that could not be delivered. */
export interface FailedEntry {
  readonly path: string;
  /** What the log adds in parentheses, or that it was not found. */
  readonly reason: string;
  /** Byte offsets: of the first byte of its line, and of the byte after the last. */
  readonly start: number;
  readonly end: number;
}

/** A torn entry is put together within fewer lines than this. */
const keptLines = 16;

/** Finds the entries that a log says FAILED of; formats: `logs/image-entry.ts`. */
export class FailedEntries {
  #reader: ImageLogReader | undefined;
  /** Lines handed to the reader; of the latest, where they begin. */
  #count = 0;
  readonly #starts = new Array<number>(keptLines).fill(0);
  readonly #known = new Set<string>();

  /** Takes the next line of the log. @returns what is complete with it */
  take({ offset, end, text }: DiagnosedLine): readonly FailedEntry[] {
    if (this.#reader === undefined) {
      if (!entryStart.test(text)) return [];
      this.#reader = new ImageLogReader();
    }
    this.#starts[++this.#count % keptLines] = offset;
    return this.#failed(this.#reader.read(text), end);
  }

  #failed(items: readonly ImageLogItem[], end: number): readonly FailedEntry[] {
    const found: FailedEntry[] = [];
    for (const item of items) {
      if (item.kind !== "entry" || item.entry.outcome.kind !== "failed") continue;
      const { path, outcome } = item.entry;
      if (this.#known.has(path)) continue;
      this.#known.add(path);
      const start = this.#starts[item.lines[0] % keptLines] ?? 0;
      found.push({ path, reason: outcome.reason ?? "not found", start, end });
    }
    return found;
  }
}
