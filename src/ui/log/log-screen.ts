// Invariant: what it shows is a window onto one log: at its end while following, else at a fixed
// first line; a window never goes beyond the log.
import type { LogView } from "../model.ts";
import { FailureSearch } from "./failure-search.ts";
import type { LogReader } from "./log-reader.ts";

/** Lines of context above a failing line that is jumped to. */
const context = 3;

/** Whose log it is. */
export interface LogName {
  readonly stage: string;
  readonly attempt: number;
  readonly attempts: number;
  readonly file: string;
  /** The stage's own output, not a further log that it writes. */
  readonly own: boolean;
}

/** The place in a log that is on screen. */
export class LogScreen {
  readonly reader: LogReader;
  #name: LogName;
  readonly #search = new FailureSearch();
  #first = 1;
  #atEnd = true;
  /** Lines in the log when follow was left. */
  #seen = 0;
  #current: number | undefined;

  constructor(reader: LogReader, name: LogName) {
    this.reader = reader;
    this.#name = name;
  }

  get file(): string {
    return this.#name.file;
  }

  /** Further attempts may be made while this one is on screen. */
  rename(name: LogName): void {
    this.#name = name;
  }

  toEnd(): void {
    this.#atEnd = true;
    this.#current = undefined;
  }

  toStart(height: number): void {
    this.#leaveEnd(height);
    this.#first = 1;
  }

  /** Moves by lines; true when it came to stand at the end. */
  move(lines: number, height: number): boolean {
    this.#leaveEnd(height);
    const last = this.#lastFirst(height);
    this.#first = Math.max(1, Math.min(last, this.#first + lines));
    return this.#first >= last;
  }

  /** Shows a line with some context above it, and marks it. */
  jump(line: number, height: number): void {
    this.#leaveEnd(height);
    const above = Math.min(context, Math.floor(height / 3));
    this.#first = Math.max(1, Math.min(this.#lastFirst(height), line - above));
    this.#current = line;
  }

  /** The next failing line in a direction, seen from the marked one or from the window. */
  async failure(step: 1 | -1): Promise<number | undefined> {
    return this.#search.find(this.reader, this.#current ?? this.#unmarked(step), step);
  }

  /** The view of `height` lines, `columns` cells each. */
  view(height: number, columns: number): LogView {
    const { reader } = this;
    const total = reader.lines;
    const isWhole = reader.complete >= 1;
    if (this.#atEnd) this.#seen = total;
    const first = Math.min(this.#first, this.#lastFirst(height));
    const lines = this.#atEnd
      ? reader.tail(height, columns)
      : reader.window(first, height, columns);
    return {
      ...this.#name,
      total,
      lines,
      fresh: this.#atEnd ? 0 : Math.max(0, total - this.#seen),
      ...(this.#current === undefined ? {} : { current: this.#current }),
      ...(isWhole ? {} : { indexing: reader.complete }),
    };
  }

  close(): void {
    this.#search.cancel();
    this.reader.close();
  }

  /** Where a search begins before anything is marked: at the window, or at the end of the log. */
  #unmarked(step: 1 | -1): number {
    if (this.#atEnd) return step === 1 ? 0 : this.reader.lines + 1;
    return step === 1 ? this.#first - 1 : this.#first;
  }

  #leaveEnd(height: number): void {
    if (!this.#atEnd) return;
    this.#atEnd = false;
    this.#first = this.#lastFirst(height);
    this.#seen = this.reader.lines;
  }

  #lastFirst(height: number): number {
    return Math.max(1, this.reader.lines - height + 1);
  }
}
