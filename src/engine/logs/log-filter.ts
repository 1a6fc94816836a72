// Invariant: positions (1-based) number the shown lines in order; a line is shown when it matches or
// is within `context` lines of one that does, as far as the log was filtered.
import type { CleanOptions } from "./clean.ts";
import type { LogSource } from "./log-source.ts";
import type { LinePattern } from "./line-pattern.ts";
import { MatchSpans } from "./match-spans.ts";
import { LineSet, widenPage } from "./line-set.ts";
import { readWindow, type LogLine } from "./window.ts";
import type { LogWorker } from "./worker-client.ts";
import type { FromWorker, MatchSpan } from "./worker-messages.ts";
import type { Failure } from "../result.ts";

const mostContext = 9;

/** What a filter lets through. */
export interface FilterRules {
  /** A line must match one of these; any line will do when there are none. */
  readonly include: readonly LinePattern[];
  /** And none of these. */
  readonly exclude: readonly LinePattern[];
}

/** A shown line. */
export interface FilteredLine extends LogLine {
  readonly position: number;
  /** It does not match itself. */
  readonly isContext: boolean;
}

/** The lines of a log that a filter lets through; made by `LogView.filter`. */
export class LogFilter {
  readonly rules: FilterRules;
  readonly #source: LogSource;
  readonly #worker: LogWorker;
  readonly #onChange: () => void;
  readonly #matching = new LineSet();
  readonly #wide = new LineSet();
  #context: number;
  #seen = 0;
  #size = 0;
  #failure: Failure | undefined;
  #isOver = false;
  readonly #spans: MatchSpans;

  constructor(
    source: LogSource,
    rules: FilterRules,
    context: number,
    worker: LogWorker,
    onChange: () => void,
  ) {
    this.rules = rules;
    this.#source = source;
    this.#worker = worker;
    this.#onChange = onChange;
    this.#spans = new MatchSpans(worker);
    this.#context = limitContext(context);
    this.restart();
  }

  /** Lines of context around a match, 0 to 9. */
  get context(): number {
    return this.#context;
  }

  /** Takes effect at once: the log is not read again. */
  setContext(lines: number): void {
    this.#context = limitContext(lines);
    this.#widen(Array.from({ length: this.#matching.pages + 1 }, (_, i) => i));
    this.#onChange();
  }

  /** Lines shown, context included. */
  get shown(): number {
    return this.#set.rank(this.#source.index.lines);
  }

  /** Lines that match. */
  get matching(): number {
    return this.#matching.size;
  }

  /** Lines not shown; while `complete` is below 1, those of the filtered part. */
  get hidden(): number {
    const lines =
      this.complete === 1
        ? this.#source.index.lines
        : Math.min(this.#source.index.lines, (this.#source.index.lineAt(this.#seen) ?? 1) - 1);
    return Math.max(0, lines - this.#set.rank(lines));
  }

  /** Share of the log that is filtered, 0 to 1. */
  get complete(): number {
    return this.#size === 0 ? 1 : Math.min(1, this.#seen / this.#size);
  }

  /** Why the filter ended before the log did. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** The line at a position; undefined when there are fewer. */
  lineAt(position: number): number | undefined {
    return position > this.shown ? undefined : this.#set.select(position);
  }

  /** The position of a line; undefined when it is hidden. */
  positionOf(line: number): number | undefined {
    return this.#set.has(line) ? this.#set.rank(line) : undefined;
  }

  /**
   * The shown line to keep in view for a line that was selected: itself, else the next one, else the
   * last. Undefined when nothing is shown.
   */
  nearest(line: number): { readonly line: number; readonly position: number } | undefined {
    const { shown } = this;
    if (shown === 0) return undefined;
    const next = this.#set.next(line);
    const near =
      next !== undefined && next <= this.#source.index.lines ? next : this.#set.select(shown);
    return near === undefined ? undefined : { line: near, position: this.#set.rank(near) };
  }

  /**
   * Reads shown lines by position.
   *
   * @param first 1-based
   * @returns up to `count` lines; fewer at the end of what is filtered
   */
  window(first: number, count: number, options: CleanOptions = {}): FilteredLine[] {
    const lines: FilteredLine[] = [];
    const end = Math.min(this.shown, first + count - 1);
    for (let position = Math.max(1, first); position <= end;) {
      const line = this.#set.select(position);
      if (line === undefined) break;
      // Neighbours are read together.
      let run = 1;
      while (position + run <= end && this.#set.has(line + run)) run++;
      const read = readWindow(this.#source.index, line, run, options);
      for (const [i, one] of read.entries()) {
        const isContext = !this.#matching.has(line + i);
        lines.push({ ...one, position: position + i, isContext });
      }
      if (read.length < run) break;
      position += run;
    }
    return lines;
  }

  /**
   * Where the patterns that let a line through match in a text that is on screen; undefined until the
   * worker has told it (a change is announced then).
   */
  spans(text: string): readonly MatchSpan[] | undefined {
    return this.#spans.of(text);
  }

  /** Begins anew: the log was written anew. */
  restart(): void {
    if (this.#isOver) return;
    this.#matching.clear();
    this.#wide.clear();
    this.#spans.restart();
    this.#seen = 0;
    const { path, descriptor, size } = this.#source.index.file;
    this.#size = size;
    this.#worker.begin({
      kind: "scan",
      log: { path, descriptor, size },
      include: this.rules.include,
      exclude: this.rules.exclude,
      table: this.#source.index.table,
    });
  }

  /** The log has grown. */
  grow(): void {
    const { size } = this.#source.index.file;
    if (size === this.#size || this.#isOver) return;
    this.#size = size;
    this.#worker.ask({ kind: "grow", size });
  }

  /** Takes a message of the worker. */
  hear(message: FromWorker): void {
    if (message.kind === "spans") {
      this.#spans.hear(message);
      this.#onChange();
    }
    if (message.kind !== "scanned") return;
    for (const { index, page } of message.pages) this.#matching.put(index, page);
    this.#seen = message.seen;
    this.#widen(message.pages.flatMap(({ index }) => [index - 1, index, index + 1]));
    this.#onChange();
  }

  /** Ends the filter. */
  end(failure?: Failure): void {
    this.#isOver = true;
    this.#spans.end();
    this.#failure ??= failure;
  }

  get #set(): LineSet {
    return this.#context === 0 ? this.#matching : this.#wide;
  }

  #widen(pages: readonly number[]): void {
    if (this.#context === 0) return;
    for (const index of new Set(pages)) {
      if (index < 0) continue;
      const page = (i: number) => this.#matching.page(i);
      this.#wide.put(
        index,
        widenPage(page(index - 1), page(index), page(index + 1), this.#context),
      );
    }
  }
}

function limitContext(lines: number): number {
  return Math.max(0, Math.min(mostContext, Math.round(lines)));
}
