// Invariant: no line that was typed is lost, whether or not somebody waited for it; nothing here
// writes to the terminal.
import { createInterface, type Interface } from "node:readline";
import type { Readable } from "node:stream";

/** What is typed, line by line, as the terminal itself edits it. */
export class LineInput {
  readonly #reader: Interface;
  readonly #lines: string[] = [];
  #waiting: ((line: string | undefined) => void) | undefined;
  #hasEnded = false;

  constructor(input: Readable) {
    this.#reader = createInterface({ input, terminal: false });
    this.#reader.on("line", (line) => {
      const wait = this.#waiting;
      this.#waiting = undefined;
      if (wait === undefined) this.#lines.push(line);
      else wait(line);
    });
    this.#reader.on("close", () => {
      this.#hasEnded = true;
      this.#waiting?.(undefined);
      this.#waiting = undefined;
    });
  }

  /** The next line; undefined once the input has ended, or `giveUp` was called. */
  next(): Promise<string | undefined> {
    const line = this.#lines.shift();
    if (line !== undefined || this.#hasEnded) return Promise.resolve(line);
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** Nobody waits any more; the next line is for whoever asks then. */
  giveUp(): void {
    this.#waiting?.(undefined);
    this.#waiting = undefined;
  }

  /** A line that was meant for whoever asks next. */
  putBack(line: string): void {
    this.#lines.unshift(line);
  }

  get hasEnded(): boolean {
    return this.#hasEnded && this.#lines.length === 0;
  }

  close(): void {
    this.#reader.close();
  }
}
