// Invariant: what it shows is a window onto one log: at its end while following, else from a fixed
// line on; a window never goes beyond the log, and the cursor is always within the window.
import type { LogView as OpenLog, LineGap } from "../../engine/logs/log-view.ts";
import type { LogSearch, SearchHit } from "../../engine/logs/log-search.ts";
import type { Result } from "../../engine/result.ts";
import { ok } from "../../engine/result.ts";
import type { LineKind, LogView, Piece, VisibleLine } from "../model.ts";
import { FailureSearch } from "./failure-search.ts";
import { filterTexts, isPlainText, plainMatches } from "./filter-texts.ts";
import { isEnd, linesAt, offsetAway, type ShownLine, type Top } from "./log-place.ts";
import { isInRange, rangeBetween, type ByteRange, type LinePlace } from "./line-range.ts";
import type { LogReader } from "./log-reader.ts";
import { ProblemLines } from "./problem-lines.ts";
import { scrollBar } from "./scroll-bar.ts";

/** Whose log it is. */
export interface LogName {
  readonly stage: string;
  readonly attempt: number;
  readonly attempts: number;
  readonly file: string;
  /** The stage's own output, not a further log that it writes. */
  readonly own: boolean;
  /** Further logs of the same attempt. */
  readonly others: number;
}

/** How a log is to be shown. */
export interface ShowOptions {
  readonly height: number;
  readonly columns: number;
  readonly times: boolean;
  readonly bar: boolean;
}

const countOnly = { maxColumns: 1 } as const;
/** Hits that a filter hides are passed over, up to so many. */
const mostHiddenHits = 10_000;

/** The place in a log that is on screen. */
export class LogScreen {
  readonly reader: LogReader;
  readonly problems = new ProblemLines();
  #name: LogName;
  readonly #failures = new FailureSearch();
  #top: Top = "end";
  #cursor: number | undefined;
  /** What the filter shows, as typed. */
  #filtered: readonly string[] = [];
  /** Where a range of lines was begun. */
  #anchor: LinePlace | undefined;
  /** The way to a hit that was last begun; it never fails. */
  #lastMove: Promise<unknown> = Promise.resolve();
  /** Length of the log when the end was left. */
  #seenBytes = 0;

  constructor(reader: LogReader, name: LogName) {
    this.reader = reader;
    this.#name = name;
  }

  get name(): LogName {
    return this.#name;
  }

  get file(): string {
    return this.#name.file;
  }

  get log(): OpenLog | undefined {
    return this.reader.log;
  }

  /** Further attempts may be made while this one is on screen. */
  rename(name: LogName): void {
    this.#name = name;
  }

  /** Looks how far the log has come; true when something is new. */
  advance(): boolean {
    const { changed, restarted } = this.reader.advance();
    if (restarted) this.toEnd();
    return changed;
  }

  toEnd(): void {
    this.#top = "end";
    this.#cursor = undefined;
  }

  toStart(height: number): void {
    this.#leaveEnd(height);
    this.#top = 0;
    this.#cursor = 0;
  }

  /** Stops going along with the end of the log. */
  pause(height: number): void {
    this.#leaveEnd(height);
  }

  /** Where the window stands, to come back to. */
  get place(): { readonly top: Top; readonly cursor: number | undefined; readonly seen: number } {
    return { top: this.#top, cursor: this.#cursor, seen: this.#seenBytes };
  }

  goTo(place: LogScreen["place"]): void {
    this.#top = place.top;
    this.#cursor = place.cursor;
    this.#seenBytes = place.seen;
  }

  /** Moves the window by lines; true when it came to stand at the end. */
  move(lines: number, height: number): boolean {
    const { log } = this;
    if (log === undefined) return true;
    this.#leaveEnd(height);
    const first = this.#lines(height)[0];
    if (first === undefined) return true;
    this.#top = offsetAway(log, first.offset, lines);
    const shown = this.#lines(height);
    this.#top = shown[0]?.offset ?? this.#top;
    if (!isWithin(this.#cursor, shown)) this.#cursor = shown[0]?.offset;
    return isEnd(log, shown);
  }

  /** Moves the cursor by lines; true when it came to stand on the last line. */
  moveCursor(lines: number, height: number): boolean {
    const { log } = this;
    const from = this.cursorLine(height);
    if (log === undefined || from === undefined) return true;
    this.#leaveEnd(height);
    const cursor = offsetAway(log, from.offset, lines);
    this.#cursor = cursor;
    const shown = this.#lines(height);
    const [first] = shown;
    if (first !== undefined && cursor < first.offset) this.#top = cursor;
    else if (!isWithin(cursor, shown)) this.#top = offsetAway(log, cursor, 1 - height);
    const last = this.#lines(height).at(-1);
    return isEnd(log, this.#lines(height)) && cursor === last?.offset;
  }

  /** Shows the line at an offset in the middle of the window, and puts the cursor there. */
  jump(offset: number, height: number): void {
    const { log } = this;
    if (log === undefined) return;
    this.#leaveEnd(height);
    this.#cursor = offset;
    this.#top = offsetAway(log, offset, -Math.floor((height - 1) / 2));
  }

  /** Shows the line at an offset as the second one of the window, so that what follows is seen. */
  showFrom(offset: number, height: number): void {
    const { log } = this;
    if (log === undefined) return;
    this.#leaveEnd(height);
    this.#cursor = offset;
    this.#top = offsetAway(log, offset, height > 2 ? -1 : 0);
  }

  /** The line that the cursor is at; without one the last on screen at the end, else the first. */
  cursorLine(height: number): ShownLine | undefined {
    const shown = this.#lines(height);
    return (
      shown.find(({ offset }) => offset === this.#cursor) ??
      (this.#top === "end" ? shown.at(-1) : shown[0])
    );
  }

  /** Begins a range at the line that the cursor is at; it reaches to wherever the cursor goes. */
  beginRange(height: number): void {
    const line = this.cursorLine(height);
    if (line === undefined) return;
    this.#leaveEnd(height);
    this.#cursor = line.offset;
    this.#anchor = line;
  }

  endRange(): void {
    this.#anchor = undefined;
  }

  /** The lines of the range; undefined where none was begun. */
  range(height: number): ByteRange | undefined {
    const cursor = this.#anchor === undefined ? undefined : this.cursorLine(height);
    if (this.#anchor === undefined || cursor === undefined) return undefined;
    return rangeBetween(this.#anchor, cursor);
  }

  /** Offset of the next line that looks like a failure (or warns), in a direction. */
  async failure(
    step: 1 | -1,
    kind: "failure" | "warning" = "failure",
  ): Promise<number | undefined> {
    const at = this.#cursor === undefined ? undefined : this.log?.lineAt(this.#cursor);
    const from = at ?? (step === 1 ? 0 : this.reader.lines + 1);
    const line = await this.#failures.find(this.reader, from, step, kind);
    return line === undefined ? undefined : this.log?.offsetOf(line);
  }

  /** Begins a search; its first hit is at or after the line that the cursor is at. */
  search(text: string): Result<undefined> {
    const found = this.log?.search(text);
    return found === undefined || found.ok ? ok(undefined) : found;
  }

  /** Goes to the next hit in a direction; undefined when there is none. Each call waits for the
   * one before: whoever presses the key twice moves by two. */
  async nextHit(step: 1 | -1, height: number, inclusive = false): Promise<SearchHit | undefined> {
    const search = this.log?.currentSearch;
    const before = this.#lastMove;
    const move = (async () => {
      await before;
      const from = this.cursorLine(height);
      if (search === undefined || from === undefined || this.log?.currentSearch !== search) {
        return undefined;
      }
      const hit = await this.#shownHit(search, from, step, inclusive);
      if (hit !== undefined && this.log.currentSearch === search) this.jump(hit.offset, height);
      return hit;
    })();
    this.#lastMove = move.catch(() => undefined);
    return move;
  }

  /** Sets the filter of these texts, or takes it away; the line at the cursor stays in view. */
  filter(texts: readonly string[], context: number, height: number): Result<undefined> {
    const { log } = this;
    if (log === undefined) return ok(undefined);
    const kept = this.#top === "end" ? undefined : this.cursorLine(height)?.offset;
    this.#filtered = [];
    if (texts.length === 0) log.endFilter();
    else {
      const set = log.filter({ ...filterTexts(texts), context });
      if (!set.ok) return set;
      this.#filtered = filterTexts(texts).include;
    }
    if (kept !== undefined) this.jump(kept, height);
    return ok(undefined);
  }

  /** The next time of quiet, or the one before; goes to the line that ended it. */
  slowGap(step: 1 | -1, height: number): LineGap | undefined {
    const { log } = this;
    const from = this.cursorLine(height)?.number;
    if (log === undefined || from === undefined) return undefined;
    const gap = log.slowGap(this.#top === "end" && step === 1 ? 0 : from, step);
    const offset = gap === undefined ? undefined : log.offsetOf(gap.line);
    if (offset !== undefined) this.jump(offset, height);
    return gap;
  }

  /** The view of `height` lines, `columns` cells each. */
  view({ height, columns, times, bar }: ShowOptions): LogView | undefined {
    const { log, reader } = this;
    if (log === undefined) return undefined;
    if (this.#top === "end") this.#seenBytes = log.bytes;
    let lines = linesAt(log, this.#top, height, reader.cleaning(columns));
    // The window may have become lower since the cursor was put there.
    if (this.#cursor !== undefined && !isWithin(this.#cursor, lines)) {
      this.jump(this.#cursor, height);
      lines = linesAt(log, this.#top, height, reader.cleaning(columns));
    }
    const search = log.currentSearch;
    const filter = log.currentFilter;
    const at = this.#cursor === undefined ? undefined : log.lineAt(this.#cursor);
    const problem = this.problems.at(this.#cursor);
    const range = this.range(height);
    return {
      ...this.#name,
      total: log.lines,
      lines: lines.map((line) => this.#see(line, log, times, range)),
      fresh: this.#fresh(log),
      ...(this.#cursor === undefined ? {} : { cursor: this.#cursor }),
      ...(problem === undefined ? {} : { problem }),
      ...(range === undefined ? {} : { selected: linesOf(range, log) }),
      ...(log.complete >= 1 ? {} : { indexing: log.complete }),
      ...(search === undefined
        ? {}
        : {
            search: {
              text: search.pattern.text,
              at: search.ordinal(at ?? 0),
              count: search.count,
              complete: search.failure === undefined ? search.complete : 1,
            },
          }),
      ...(filter === undefined
        ? {}
        : {
            filter: {
              hidden: filter.hidden,
              shown: filter.shown,
              context: filter.context,
              complete: filter.complete,
            },
          }),
      ...(bar ? { bar: scrollBar(log, lines, this.problems, height) } : {}),
    };
  }

  close(): void {
    this.#failures.cancel();
    this.reader.close();
  }

  async #shownHit(
    search: LogSearch,
    from: ShownLine,
    step: 1 | -1,
    inclusive: boolean,
  ): Promise<SearchHit | undefined> {
    if (from.number === undefined) return search.nextFromOffset(from.offset, step);
    let hit = await search.next(from.number, step, inclusive);
    const filter = this.log?.currentFilter;
    const first = hit?.line;
    for (let passed = 0; hit !== undefined && filter !== undefined; passed++) {
      if (filter.positionOf(hit.line) !== undefined) break;
      hit = await search.next(hit.line, step);
      if (passed > mostHiddenHits || hit?.line === first) return undefined;
    }
    return hit;
  }

  #see(line: ShownLine, log: OpenLog, times: boolean, range?: ByteRange): VisibleLine {
    const hits = log.currentSearch?.spans(line.text) ?? [];
    const passed = this.#passed(line, log);
    const time = times && line.number !== undefined ? log.timeOf(line.number) : undefined;
    return {
      ...line,
      kind: this.#kindOf(line),
      ...(hits.length === 0 ? {} : { hits }),
      ...(passed.length === 0 ? {} : { passed }),
      ...(time === undefined ? {} : { time }),
      ...(range !== undefined && isInRange(line, range) ? { isSelected: true } : {}),
    };
  }

  /** Why the filter lets a line through. */
  #passed({ text, isContext }: ShownLine, { currentFilter }: OpenLog): readonly Piece[] {
    if (currentFilter === undefined || isContext === true) return [];
    const isPlain = this.#filtered.every(isPlainText);
    return isPlain ? plainMatches(this.#filtered, text) : (currentFilter.spans(text) ?? []);
  }

  #kindOf(line: ShownLine): LineKind | undefined {
    return this.problems.kindOf(line) ?? this.reader.classify(line);
  }

  /** Lines that came since the end was left. */
  #fresh(log: OpenLog): number {
    if (this.#top === "end" || log.complete < 1) return 0;
    const seen = this.#seenBytes === 0 ? 0 : log.lineAt(this.#seenBytes - 1);
    return seen === undefined ? 0 : Math.max(0, log.lines - seen);
  }

  #lines(height: number): readonly ShownLine[] {
    return this.log === undefined ? [] : linesAt(this.log, this.#top, height, countOnly);
  }

  #leaveEnd(height: number): void {
    if (this.#top !== "end" || this.log === undefined) return;
    this.#seenBytes = this.log.bytes;
    this.#top = this.#lines(height)[0]?.offset ?? 0;
  }
}

/** How many lines a range has; 0 while they are not counted. */
function linesOf({ offset, bytes }: ByteRange, log: OpenLog): number {
  const first = log.lineAt(offset);
  const last = log.lineAt(offset + bytes);
  return first === undefined || last === undefined ? 0 : last - first + 1;
}

function isWithin(offset: number | undefined, lines: readonly ShownLine[]): boolean {
  const [first] = lines;
  const last = lines.at(-1);
  if (offset === undefined || first === undefined || last === undefined) return false;
  return offset >= first.offset && offset <= last.offset;
}
