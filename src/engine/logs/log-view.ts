// Invariant: what the console sees of one log; no call takes longer than a frame, whatever the log's
// size, and no pattern runs in the caller's thread.
import { fail, ok, type Failure, type Result } from "../result.ts";
import { BulkIndex } from "./bulk-index.ts";
import type { CleanOptions } from "./clean.ts";
import { LogIndex } from "./line-index.ts";
import { linePattern, type LinePattern, type PatternOptions } from "./line-pattern.ts";
import { LogFilter } from "./log-filter.ts";
import { LogSearch } from "./log-search.ts";
import { LogTimes } from "./log-times.ts";
import { findGap, type SlowGap } from "./slow-gaps.ts";
import { readBefore, readFrom, readTail, readWindow, type LogLine } from "./window.ts";
import { LogWorker } from "./worker-client.ts";

/** For indexing in the caller's thread, in milliseconds. */
const indexBudgetMs = 8;

/** How a log is opened. */
export interface LogViewOptions {
  /** The samples beside it; without them no line has a time. */
  readonly times?: string;
  /**
   * Called when a worker brought something new, from the event loop and never within a call. Only to
   * mark the screen as stale: `poll` tells the same at the next frame.
   */
  readonly onChange?: () => void;
}

/** Texts of a filter, as typed. */
export interface FilterTexts {
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  /** 0 to 9, default 0. */
  readonly context?: number;
}

/** A gap, and the line that ended it. */
export interface LineGap extends SlowGap {
  /** The line that was being written, or the first one written, after the gap. */
  readonly line: number;
}

/**
 * One log as the console looks at it: windows of clean lines, a search, a filter, times.
 *
 * To be used so: `poll()` once a frame (or when `onChange` was called); when it says that something
 * changed, read `lines`, `complete`, the window, and the state of search and filter, and set the
 * console's state once. Everything but `LogSearch.next` answers at once with what is known.
 */
export class LogView {
  readonly #onChange: () => void;
  readonly #times: LogTimes | undefined;
  readonly #searchWorker: LogWorker;
  readonly #filterWorker: LogWorker;
  readonly #source: { index: LogIndex };
  #bulk: BulkIndex;
  #search: LogSearch | undefined;
  #filter: LogFilter | undefined;
  #hasNews = true;
  #isClosed = false;
  readonly #closing: Promise<void>[] = [];

  private constructor(index: LogIndex, options: LogViewOptions) {
    this.#source = { index };
    this.#onChange = () => {
      if (this.#isClosed) return;
      this.#hasNews = true;
      options.onChange?.();
    };
    this.#bulk = new BulkIndex(index, this.#onChange);
    this.#times = options.times === undefined ? undefined : new LogTimes(options.times);
    this.#searchWorker = new LogWorker({
      onMessage: (message) => this.#search?.hear(message),
      onEnd: (why, detail) => {
        this.#search?.end(endFailure(why, detail, "search"));
        this.#onChange();
      },
    });
    this.#filterWorker = new LogWorker({
      onMessage: (message) => this.#filter?.hear(message),
      onEnd: (why, detail) => {
        this.#filter?.end(endFailure(why, detail, "filter"));
        this.#onChange();
      },
    });
  }

  /**
   * Opens a log; windows from its start and its end can be read at once.
   *
   * @returns a failure of kind `bad-input` for what is no readable file
   */
  static open(path: string, options: LogViewOptions = {}): Result<LogView> {
    const index = LogIndex.open(path);
    if (!index.ok) return index;
    const view = new LogView(index.value, options);
    view.poll();
    return ok(view);
  }

  get path(): string {
    return this.#index.file.path;
  }

  /** Lines known so far; all of them when `complete` is 1. */
  get lines(): number {
    return this.#index.lines;
  }

  /** Length of the log in bytes when last looked at. */
  get bytes(): number {
    return this.#index.bytes;
  }

  /** Share of the log that is indexed, 0 to 1. */
  get complete(): number {
    return this.#index.complete;
  }

  /**
   * Looks how the log has changed, and takes over what workers found.
   *
   * @returns `changed`: something on screen may differ. `restarted`: the log was emptied, replaced or
   *   written anew; line numbers of before mean nothing, search and filter have begun again
   */
  poll(): { readonly changed: boolean; readonly restarted: boolean } {
    let restarted = false;
    if (this.#index.file.isReplaced()) restarted = this.#reopen();
    const isBulk = this.#bulk.isRunning;
    const looked = isBulk ? this.#index.look() : this.#advance();
    if (looked.restarted !== undefined) {
      restarted = true;
      if (isBulk) this.#bulk.stop();
      if (isBulk) this.#advance();
    }
    const hasTimes = this.#times?.refresh() ?? false;
    if (restarted) {
      this.#search?.restart();
      this.#filter?.restart();
    } else {
      this.#search?.grow();
      this.#filter?.grow();
    }
    const changed = looked.changed || hasTimes || restarted || this.#hasNews;
    this.#hasNews = false;
    return { changed, restarted };
  }

  /** Up to `count` lines from a number on (1-based); fewer at the end of what is indexed. */
  window(first: number, count: number, options: CleanOptions = {}): LogLine[] {
    return readWindow(this.#index, first, count, options);
  }

  /** The last lines; works before the index is there, as the following do (lines without number). */
  tail(count: number, options: CleanOptions = {}): LogLine[] {
    return readTail(this.#index, count, options);
  }

  /** Lines from the one on that holds the byte at `offset`. */
  from(offset: number, count: number, options: CleanOptions = {}): LogLine[] {
    return readFrom(this.#index, offset, count, options);
  }

  /** Lines before `offset`, the start of a line. */
  before(offset: number, count: number, options: CleanOptions = {}): LogLine[] {
    return readBefore(this.#index, offset, count, options);
  }

  /** Number of the line that holds the byte at `offset`; undefined while it is not indexed. */
  lineAt(offset: number): number | undefined {
    return this.#index.lineAt(offset);
  }

  /** Offset of a line's first byte; undefined while it is not indexed. */
  offsetOf(line: number): number | undefined {
    return this.#index.lineStart(line);
  }

  /** The search that runs or stands, if any. */
  get currentSearch(): LogSearch | undefined {
    return this.#search;
  }

  /** The filter that is set, if any. */
  get currentFilter(): LogFilter | undefined {
    return this.#filter;
  }

  /** Starts the search's thread, for when the user begins to type a pattern (some 30 ms). */
  prepareSearch(): void {
    this.#searchWorker.warm();
  }

  /**
   * Begins a search, and ends the one before. Ask `next(line, direction, true)` at once: the first
   * hit is looked for before all hits are counted.
   *
   * @returns a failure of kind `bad-input` when the pattern cannot be read
   */
  search(text: string, options: PatternOptions = {}): Result<LogSearch> {
    const pattern = linePattern(text, options);
    if (!pattern.ok) return pattern;
    this.#search?.end();
    this.#search = new LogSearch(this.#source, pattern.value, this.#searchWorker, this.#onChange);
    return ok(this.#search);
  }

  /** Ends the search; its thread ends too. */
  endSearch(): void {
    this.#search?.end();
    this.#search = undefined;
    this.#closing.push(this.#searchWorker.close());
  }

  /**
   * Sets a filter, in place of the one before.
   *
   * @returns a failure of kind `bad-input` when a pattern cannot be read
   */
  filter(texts: FilterTexts, options: PatternOptions = {}): Result<LogFilter> {
    const include = patterns(texts.include ?? [], options);
    if (!include.ok) return include;
    const exclude = patterns(texts.exclude ?? [], options);
    if (!exclude.ok) return exclude;
    this.#filter?.end();
    this.#filter = new LogFilter(
      this.#source,
      { include: include.value, exclude: exclude.value },
      texts.context ?? 0,
      this.#filterWorker,
      this.#onChange,
    );
    return ok(this.#filter);
  }

  /** Takes the filter away; its thread ends too. */
  endFilter(): void {
    this.#filter?.end();
    this.#filter = undefined;
    this.#closing.push(this.#filterWorker.close());
  }

  /** When a line was received: milliseconds of the epoch, late by at most about a second. */
  timeOf(line: number): number | undefined {
    const offset = this.#index.lineStart(line);
    return offset === undefined ? undefined : this.#times?.timeAt(offset);
  }

  /**
   * The next time of quiet after a line, or the one before it.
   *
   * @param minimumMs default 10 s; less than 2 s cannot be told apart from sampling
   */
  slowGap(line: number, direction: 1 | -1, minimumMs = 10_000): LineGap | undefined {
    const times = this.#times;
    if (times === undefined) return undefined;
    const from = this.#index.lineStart(direction === 1 ? line + 1 : line);
    if (from === undefined) return undefined;
    const gap = findGap(times, from, direction, minimumMs);
    const at = gap === undefined ? undefined : this.#index.lineAt(gap.offset);
    return gap === undefined || at === undefined ? undefined : { ...gap, line: at };
  }

  /** Ends all threads, then closes the log. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#search?.end();
    this.#filter?.end();
    this.#times?.close();
    await this.#stopWorkers();
    this.#index.close();
    await Promise.all(this.#closing);
  }

  get #index(): LogIndex {
    return this.#source.index;
  }

  #advance(): ReturnType<LogIndex["look"]> {
    const looked = this.#index.look();
    if (this.#bulk.start()) return looked;
    const advanced = this.#index.advance(indexBudgetMs);
    return { ...looked, changed: looked.changed || advanced.changed };
  }

  /** Another file stands under the name: leaves the old one to its readers until they have ended. */
  #reopen(): boolean {
    const opened = LogIndex.open(this.path);
    if (!opened.ok) return false;
    const old = this.#index;
    this.#closing.push(
      this.#stopWorkers().then(() => {
        old.close();
      }),
    );
    this.#source.index = opened.value;
    this.#bulk = new BulkIndex(opened.value, this.#onChange);
    return true;
  }

  async #stopWorkers(): Promise<void> {
    await Promise.all([this.#bulk.close(), this.#searchWorker.close(), this.#filterWorker.close()]);
  }
}

function patterns(
  texts: readonly string[],
  options: PatternOptions,
): Result<readonly LinePattern[]> {
  const made: LinePattern[] = [];
  for (const text of texts) {
    const pattern = linePattern(text, options);
    if (!pattern.ok) return pattern;
    made.push(pattern.value);
  }
  return ok(made);
}

function endFailure(why: "slow" | "broken", detail: string, what: string): Failure {
  return why === "slow"
    ? fail(
        "bad-input",
        `The ${what} was ended: its pattern takes more than ${detail} on one part of the log.`,
        "Make the pattern simpler: a repeat within a repeat, as in (a+)+, may take for ever.",
      ).failure
    : fail("bad-input", `The ${what} ended by itself: ${detail}.`, "Try it again.").failure;
}
