// Invariant: the number of a line is one more than the newlines before it; newlines that an index or
// an earlier question counted are not counted again.
import { blockBytes } from "./line-index.ts";
import type { LogFile } from "./log-file.ts";
import { countNewlines } from "./newlines.ts";

const chunkBytes = 1 << 18;

/** What an index knows, to be sent to another thread. */
export interface CountTable {
  /** Newlines before each block of `blockBytes`. */
  readonly counts: Float64Array<ArrayBuffer>;
}

/** Numbers the lines of a log where no index is at hand. */
export class LineCounter {
  readonly #file: LogFile;
  readonly #table: CountTable;
  readonly #chunk = Buffer.allocUnsafeSlow(chunkBytes);
  /** A place, and the newlines before it. */
  #at = 0;
  #newlines = 0;

  constructor(file: LogFile, table: CountTable) {
    this.#file = file;
    this.#table = table;
  }

  /** Number of the line that holds the byte at `offset`. */
  lineAt(offset: number): number {
    const block = Math.min(Math.floor(offset / blockBytes), this.#table.counts.length - 1);
    const start = Math.max(0, block) * blockBytes;
    if (this.#at > offset || this.#at < start) {
      this.#at = start;
      this.#newlines = this.#table.counts[block] ?? 0;
    }
    while (this.#at < offset) {
      const wanted = Math.min(chunkBytes - (this.#at % chunkBytes), offset - this.#at);
      const read = this.#file.read(this.#chunk, this.#at, wanted);
      if (read === 0) break;
      this.#newlines += countNewlines(this.#chunk, 0, read);
      this.#at += read;
    }
    return this.#newlines + 1;
  }
}
