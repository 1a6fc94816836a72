// Invariant: hits are lines; `count` grows while the log is searched, and a place once told to be the
// next hit is right for the log as it was then.
import type { LogSource } from "./log-source.ts";
import type { LinePattern } from "./line-pattern.ts";
import type { SeekStart } from "./line-seek.ts";
import { LineSet } from "./line-set.ts";
import { MatchSpans } from "./match-spans.ts";
import { LogWorker } from "./worker-client.ts";
import type { FoundLine, FromWorker, MatchSpan } from "./worker-messages.ts";
import type { Failure } from "../result.ts";

/** A line that matches. */
export interface SearchHit extends FoundLine {
  /** It was found beyond the end of the log, going round. */
  readonly wrapped: boolean;
}

/** All lines of a log that match a pattern; made by `LogView.search`. */
export class LogSearch {
  readonly pattern: LinePattern;
  readonly #source: LogSource;
  readonly #worker: LogWorker;
  readonly #onChange: () => void;
  readonly #lines = new LineSet();
  #scanned = 0;
  #seen = 0;
  #size = 0;
  #failure: Failure | undefined;
  #isOver = false;
  #nextId = 0;
  readonly #seeks = new Map<number, (found: FoundLine | undefined) => void>();
  readonly #spans: MatchSpans;

  constructor(source: LogSource, pattern: LinePattern, worker: LogWorker, onChange: () => void) {
    this.pattern = pattern;
    this.#source = source;
    this.#worker = worker;
    this.#onChange = onChange;
    this.#spans = new MatchSpans(worker);
    this.restart();
  }

  /** Lines that match, as far as the log is searched. */
  get count(): number {
    return this.#lines.size;
  }

  /** Share of the log that is searched, 0 to 1. */
  get complete(): number {
    return this.#size === 0 ? 1 : Math.min(1, this.#seen / this.#size);
  }

  /** Why the search ended before the log did; what was found until then stays. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Whether a line matches; undefined while that is not known. */
  isHit(line: number): boolean | undefined {
    if (this.#lines.has(line)) return true;
    return this.#knows(line) ? false : undefined;
  }

  /** "k" of "k/n": how many hits there are up to and including a line, as far as known. */
  ordinal(line: number): number {
    return this.#lines.rank(line);
  }

  /** The hit nearest to a line among those known; for marks on a scroll bar. */
  hitFrom(line: number): number | undefined {
    return this.#lines.next(line);
  }

  /**
   * The next hit after a line, or the one before it, going round at the end of the log. At once
   * where that is known, else as soon as the nearest hit was reached, which comes before the count.
   *
   * @param line 0 to begin with line 1; a line beyond the last stands for the end
   * @param inclusive the line itself will do: the first hit of a new search
   * @returns undefined when no line matches, or the search ended (see `failure`)
   */
  async next(line: number, direction: 1 | -1, inclusive = false): Promise<SearchHit | undefined> {
    const from = inclusive ? line : line + direction;
    const known = this.#known(from, direction);
    if (known !== undefined) return known;
    if (this.#isOver || this.complete === 1) return undefined;
    const found = await this.#seek({ offset: this.#offsetFor(from, direction), direction });
    return found === undefined ? undefined : this.#hit(found, from, direction);
  }

  /**
   * The next hit at or after an offset (the start of a line), before the index has reached it.
   */
  async nextFromOffset(offset: number, direction: 1 | -1): Promise<SearchHit | undefined> {
    if (this.#isOver) return undefined;
    const found = await this.#seek({ offset, direction });
    if (found === undefined) return undefined;
    const wrapped = direction === 1 ? found.offset < offset : found.offset >= offset;
    return { ...found, wrapped };
  }

  /**
   * Where the pattern matches in a text that is on screen; undefined until the worker has told it
   * (a change is announced then). No pattern runs in the caller's thread.
   */
  spans(text: string): readonly MatchSpan[] | undefined {
    return this.#spans.of(text);
  }

  /** Begins anew: the log was written anew. */
  restart(): void {
    if (this.#isOver) return;
    this.#lines.clear();
    this.#scanned = 0;
    this.#spans.restart();
    for (const answer of this.#seeks.values()) answer(undefined);
    this.#seeks.clear();
    this.#seen = 0;
    const { path, descriptor, size } = this.#source.index.file;
    this.#size = size;
    this.#worker.begin({
      kind: "scan",
      log: { path, descriptor, size },
      include: [this.pattern],
      exclude: [],
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
    switch (message.kind) {
      case "scanned":
        for (const { index, page } of message.pages) this.#lines.put(index, page);
        this.#seen = message.seen;
        this.#scanned = message.scanned;
        break;
      case "found":
        this.#seeks.get(message.id)?.(message.found);
        this.#seeks.delete(message.id);
        break;
      case "spans":
        this.#spans.hear(message);
        break;
      case "started":
      case "idle":
      case "indexed":
        return;
    }
    this.#onChange();
  }

  /** Ends the search; what was asked is answered with nothing. */
  end(failure?: Failure): void {
    this.#isOver = true;
    this.#failure ??= failure;
    this.#spans.end();
    for (const answer of this.#seeks.values()) answer(undefined);
    this.#seeks.clear();
  }

  #seek(start: SeekStart): Promise<FoundLine | undefined> {
    const id = ++this.#nextId;
    return new Promise((resolve) => {
      this.#seeks.set(id, resolve);
      this.#worker.ask({ kind: "seek", id, start });
    });
  }

  /** The answer, where the part that was searched already suffices for it. */
  #known(from: number, direction: 1 | -1): SearchHit | undefined {
    const near = direction === 1 ? this.#lines.next(from) : this.#lines.previous(from);
    const isCertain = this.complete === 1 || this.#knows(direction === 1 ? (near ?? from) : from);
    if (near !== undefined && isCertain) return this.#place(near, false);
    if (this.complete < 1) return undefined;
    const other = this.#lines.select(direction === 1 ? 1 : this.#lines.size);
    return other === undefined ? undefined : this.#place(other, true);
  }

  #place(line: number, wrapped: boolean): SearchHit | undefined {
    const offset = this.#source.index.lineStart(line);
    return offset === undefined ? undefined : { line, offset, wrapped };
  }

  #hit(found: FoundLine, from: number, direction: 1 | -1): SearchHit {
    return { ...found, wrapped: direction === 1 ? found.line < from : found.line > from };
  }

  /** Whether the scan has passed a line. */
  #knows(line: number): boolean {
    if (this.complete === 1) return true;
    const start = this.#source.index.lineStart(Math.max(1, line));
    return start !== undefined && start < this.#scanned;
  }

  /** Where to look from: backwards, a seek looks at what is before the offset. */
  #offsetFor(from: number, direction: 1 | -1): number {
    const line = direction === 1 ? from : from + 1;
    return line < 1 ? 0 : (this.#source.index.lineStart(line) ?? this.#source.index.bytes);
  }
}
