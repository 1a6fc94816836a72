// Invariant: holds the last 64 lines and nothing older.
import type { DiagnosedLine } from "./found-problem.ts";

const size = 64;

/** The lines before the one at hand. */
export class RecentLines {
  readonly #lines: (DiagnosedLine | undefined)[] = new Array<DiagnosedLine | undefined>(size);
  #count = 0;

  /** Number of lines so far, which is the 1-based number of the newest. */
  get count(): number {
    return this.#count;
  }

  push(line: DiagnosedLine): void {
    this.#lines[this.#count++ & (size - 1)] = line;
  }

  /** The line with this 1-based number; undefined when it is too old or yet to come. */
  at(number: number): DiagnosedLine | undefined {
    if (number < 1 || number > this.#count || number <= this.#count - size) return undefined;
    return this.#lines[(number - 1) & (size - 1)];
  }
}
