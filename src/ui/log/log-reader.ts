// Invariant: reads only the lines that are asked for; what it costs does not depend on the length
// of the log.
import { LogIndex } from "../../engine/logs/line-index.ts";
import { readTail, readWindow, type LogLine } from "../../engine/logs/window.ts";
import type { LineClass, VisibleLine } from "../model.ts";

/** Time for indexing in one go: a key pressed meanwhile waits no longer than this. */
const indexBudgetMs = 20;

/** A log that may still grow, as the console looks at it. */
export class LogReader {
  readonly path: string;
  readonly #classify: (text: string) => LineClass | undefined;
  readonly #ascii: boolean;
  #index: LogIndex | undefined;

  constructor(path: string, classify: (text: string) => LineClass | undefined, ascii: boolean) {
    this.path = path;
    this.#classify = classify;
    this.#ascii = ascii;
  }

  /** Looks how far the log has come; true when something is new. */
  advance(): boolean {
    if (this.#index === undefined) {
      const opened = LogIndex.open(this.path);
      if (!opened.ok) return false;
      this.#index = opened.value;
      this.#index.advance(indexBudgetMs);
      return true;
    }
    return this.#index.advance(indexBudgetMs).changed;
  }

  get isOpen(): boolean {
    return this.#index !== undefined;
  }

  get lines(): number {
    return this.#index?.lines ?? 0;
  }

  /** Share that is indexed, 0 to 1. */
  get complete(): number {
    return this.#index?.complete ?? 0;
  }

  window(first: number, count: number, columns: number): readonly VisibleLine[] {
    const index = this.#index;
    if (index === undefined) return [];
    return readWindow(index, first, count, this.#options(columns)).map((line) => this.#see(line));
  }

  tail(count: number, columns: number): readonly VisibleLine[] {
    const index = this.#index;
    if (index === undefined) return [];
    return readTail(index, count, this.#options(columns)).map((line) => this.#see(line));
  }

  /** Number of the line that holds the byte at `offset`; undefined while it is not indexed. */
  lineAt(offset: number): number | undefined {
    return this.#index?.lineAt(offset);
  }

  close(): void {
    this.#index?.close();
    this.#index = undefined;
  }

  #options(columns: number): { readonly maxColumns: number; readonly ascii: boolean } {
    return { maxColumns: Math.max(200, columns), ascii: this.#ascii };
  }

  #see(line: LogLine): VisibleLine {
    return { ...line, kind: this.#classify(line.text) };
  }
}
