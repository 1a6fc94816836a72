// Invariant: answers for the last 64 lines and nothing older, whether they were taken or skipped.
import type { DiagnosedLine } from "./found-problem.ts";

const size = 64;

/** Finds a line that was skipped, by its 1-based number. */
export type LineSource = (number: number) => DiagnosedLine | undefined;

/** The lines before the one at hand. */
export class RecentLines {
  readonly #lines: (DiagnosedLine | undefined)[] = new Array<DiagnosedLine | undefined>(size);
  readonly #numbers = new Float64Array(size);
  #count = 0;
  #source: LineSource | undefined;

  /** Number of lines so far, which is the 1-based number of the newest. */
  get count(): number {
    return this.#count;
  }

  push(line: DiagnosedLine): void {
    const slot = this.#count++ & (size - 1);
    this.#lines[slot] = line;
    this.#numbers[slot] = this.#count;
  }

  /** Counts lines that are not taken; `source` finds them when one is asked for. */
  skip(lines: number, source: LineSource): void {
    this.#count += lines;
    this.#source = source;
  }

  /** The line with this 1-based number; undefined when it is too old or yet to come. */
  at(number: number): DiagnosedLine | undefined {
    if (number < 1 || number > this.#count || number <= this.#count - size) return undefined;
    const slot = (number - 1) & (size - 1);
    return this.#numbers[slot] === number ? this.#lines[slot] : this.#source?.(number);
  }
}
