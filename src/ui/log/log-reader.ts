// Invariant: reads only the lines that are asked for; what it costs does not depend on the length
// of the log.
import { LogView } from "../../engine/logs/log-view.ts";
import type { LogLine } from "../../engine/logs/window.ts";
import type { LineClass, VisibleLine } from "../model.ts";

/** How lines are read. */
export interface ReaderOptions {
  readonly classify: (text: string) => LineClass | undefined;
  readonly ascii: boolean;
  /** Called, later, when a thread that searches or indexes has found something. */
  readonly onNews: () => void;
  /** The samples beside the log. */
  readonly times?: string;
}

/** Characters of a line that tell what it is; a command of a thousand says no more. */
const classified = 400;

/** A log that may still grow, as the console looks at it. */
export class LogReader {
  readonly path: string;
  readonly #options: ReaderOptions;
  #log: LogView | undefined;

  constructor(path: string, options: ReaderOptions) {
    this.path = path;
    this.#options = options;
  }

  /** Looks how far the log has come; `restarted`: it was written anew. */
  advance(): { readonly changed: boolean; readonly restarted: boolean } {
    if (this.#log !== undefined) return this.#log.poll();
    const { times, onNews } = this.#options;
    const opened = LogView.open(this.path, {
      onChange: onNews,
      ...(times === undefined ? {} : { times }),
    });
    if (!opened.ok) return { changed: false, restarted: false };
    this.#log = opened.value;
    return { changed: true, restarted: false };
  }

  /** The log itself, once it is there. */
  get log(): LogView | undefined {
    return this.#log;
  }

  get lines(): number {
    return this.#log?.lines ?? 0;
  }

  /** Share that is indexed, 0 to 1. */
  get complete(): number {
    return this.#log?.complete ?? 0;
  }

  /** Lines by number, for looking through them. */
  window(first: number, count: number, columns: number): readonly VisibleLine[] {
    const lines = this.#log?.window(first, count, this.cleaning(columns)) ?? [];
    return lines.map((line) => ({ ...line, kind: this.classify(line) }));
  }

  classify({ text }: LogLine): LineClass | undefined {
    return this.#options.classify(text.slice(0, classified));
  }

  /** How lines are cleaned for so many columns. */
  cleaning(columns: number): { readonly maxColumns: number; readonly ascii: boolean } {
    return { maxColumns: Math.max(200, columns), ascii: this.#options.ascii };
  }

  close(): void {
    // Its threads end in their own time; nothing waits for them.
    void this.#log?.close();
    this.#log = undefined;
  }
}
