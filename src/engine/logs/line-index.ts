// Invariant: `counts[b]` is the number of newlines before byte `b * blockBytes`, for every block
// that starts below `indexed`; every line number is worked out from it and one block of the file.
import { ok, type Result } from "../result.ts";
import { LogAnchor, type ReadAt } from "./anchor.ts";
import { LogFile } from "./log-file.ts";
import { countNewlines, findNewline, findNewlineBefore } from "./newlines.ts";

/** 128 KB of counts for a log of 1 GB; one block takes some 20 µs to scan. */
export const blockBytes = 1 << 16;
const chunkBytes = 1 << 18;
const NEWLINE = 0x0a;

/** What `LogIndex.advance` found. */
export interface IndexAdvance {
  /** Something differs from before the call: length, lines, or how much is indexed. */
  readonly changed: boolean;
  /**
   * The log became shorter than what was indexed (bytes) or holds another text, and the index
   * started anew.
   */
  readonly restarted?: { readonly from: number; readonly to: number };
}

/** A stretch of an index that was worked out elsewhere. */
export interface IndexPart {
  /** Bytes that were indexed before it. */
  readonly from: number;
  /** Bytes that are indexed with it, and the newlines in them. */
  readonly indexed: number;
  readonly newlines: number;
  readonly endsInLine: boolean;
  /** Newlines before each block of `blockBytes` that starts in the stretch. */
  readonly counts: Float64Array<ArrayBuffer>;
}

/**
 * Where the lines of a growing log are. Lines end with \n only and are numbered from 1; what
 * follows the last \n is a line too. Memory: 8 bytes for 64 KiB of log, whatever its lines are.
 */
export class LogIndex {
  readonly file: LogFile;
  #counts = new Float64Array(256);
  #indexed = 0;
  #newlines = 0;
  #endsInLine = false;
  readonly #anchor = new LogAnchor();
  #modified = 0;
  readonly #read: ReadAt = (target, offset, length) => this.file.read(target, offset, length);
  readonly #chunk = Buffer.allocUnsafeSlow(chunkBytes);
  readonly #block = Buffer.allocUnsafeSlow(blockBytes);

  private constructor(file: LogFile) {
    this.file = file;
  }

  /** Opens a log; nothing is indexed before the first `advance`. */
  static open(path: string): Result<LogIndex> {
    const file = LogFile.open(path);
    return file.ok ? ok(new LogIndex(file.value)) : file;
  }

  /** Goes on, in another thread, where an index stands that has `newlines` in `indexed` bytes. */
  static resume(file: LogFile, indexed: number, newlines: number): LogIndex {
    const index = new LogIndex(file);
    index.#indexed = indexed;
    index.#newlines = newlines;
    return index;
  }

  /** Lines found so far. */
  get lines(): number {
    return this.#newlines + (this.#endsInLine ? 1 : 0);
  }

  /** Length of the log in bytes when last looked at. */
  get bytes(): number {
    return this.file.size;
  }

  /** Bytes indexed so far. */
  get indexed(): number {
    return this.#indexed;
  }

  /** Indexed part of the log, 0 to 1. */
  get complete(): number {
    return this.bytes === 0 ? 1 : Math.min(1, this.#indexed / this.bytes);
  }

  /**
   * Looks at the log's length and indexes what was appended.
   *
   * @param budgetMs milliseconds after which no further 256 KiB are begun; at least one is
   */
  advance(budgetMs = Infinity): IndexAdvance {
    const deadline = budgetMs === Infinity ? Infinity : performance.now() + budgetMs;
    const looked = this.look();
    let { changed } = looked;
    const { size } = this.file;
    const indexedBefore = this.#indexed;
    while (this.#indexed < size) {
      // Up to a multiple of the chunk, so that counting sees aligned words again after an odd end.
      const wanted = chunkBytes - (this.#indexed % chunkBytes);
      const read = this.file.read(this.#chunk, this.#indexed, wanted);
      if (read === 0) break;
      this.#scan(read);
      changed = true;
      if (performance.now() >= deadline) break;
    }
    if (this.#indexed !== indexedBefore) this.#anchor.note(this.#indexed, this.#read);
    return { ...looked, changed };
  }

  /** Looks at the log's length, and whether it is still the same text; indexes nothing. */
  look(): IndexAdvance {
    const sizeBefore = this.file.size;
    const size = this.file.refresh();
    if (!this.#isOtherText(size)) return { changed: size !== sizeBefore };
    const restarted = { from: this.#indexed, to: size };
    this.#indexed = 0;
    this.#newlines = 0;
    this.#endsInLine = false;
    this.#anchor.forget();
    return { changed: true, restarted };
  }

  /** What was indexed beyond the first `from` bytes, to be adopted by an index of the same log. */
  part(from: number): IndexPart {
    const first = Math.ceil(from / blockBytes);
    return {
      from,
      indexed: this.#indexed,
      newlines: this.#newlines,
      endsInLine: this.#endsInLine,
      counts: this.#counts.slice(first, Math.ceil(this.#indexed / blockBytes)),
    };
  }

  /** Takes over what was indexed elsewhere; a part that does not go on where this stands is not. */
  adopt(part: IndexPart): void {
    if (part.from !== this.#indexed || part.indexed === part.from) return;
    const first = Math.ceil(part.from / blockBytes);
    for (const [i, count] of part.counts.entries()) this.#setCount(first + i, count);
    this.#indexed = part.indexed;
    this.#newlines = part.newlines;
    this.#endsInLine = part.endsInLine;
    this.#anchor.note(this.#indexed, this.#read);
  }

  /** What another thread needs to number lines: newlines before each block that is indexed. */
  get table(): { readonly counts: Float64Array<ArrayBuffer> } {
    return { counts: this.#counts.slice(0, Math.ceil(this.#indexed / blockBytes)) };
  }

  /** Newlines in what is indexed. */
  get newlines(): number {
    return this.#newlines;
  }

  /**
   * Offset in bytes at which a line starts.
   *
   * @param line 1-based; `lines + 1` is not a line
   * @returns undefined when the line is not indexed (yet)
   */
  lineStart(line: number): number | undefined {
    if (line < 1 || line > this.lines) return undefined;
    if (line === 1) return 0;
    const newline = this.#newlineOffset(line - 1);
    return newline === undefined ? undefined : newline + 1;
  }

  /**
   * Number of the line that the byte at `offset` belongs to.
   *
   * @returns undefined when the index has not come that far
   */
  lineAt(offset: number): number | undefined {
    if (offset < 0 || offset > this.#indexed || this.#indexed === 0) return undefined;
    const block = Math.floor(Math.min(offset, this.#indexed - 1) / blockBytes);
    const start = block * blockBytes;
    const read = this.file.read(this.#block, start, offset - start);
    return this.#count(block) + countNewlines(this.#block, 0, read) + 1;
  }

  /**
   * Offset of the first newline at or after `offset`; skips what is known to have none.
   *
   * @param maxBytes bytes read at most where nothing is indexed
   * @returns undefined when there is none, or none was reached
   */
  newlineFrom(offset: number, maxBytes: number): number | undefined {
    let at = offset;
    for (let left = maxBytes; at < this.bytes && left > 0;) {
      const blockEnd = (Math.floor(at / blockBytes) + 1) * blockBytes;
      const read = this.file.read(this.#block, at, blockEnd - at);
      if (read === 0) return undefined;
      const found = this.#block.subarray(0, read).indexOf(NEWLINE);
      if (found !== -1) return at + found;
      at += read;
      left -= read;
      if (at === blockEnd && at < this.#indexed) {
        const before = this.#count(at / blockBytes);
        if (before < this.#newlines) return this.#newlineOffset(before + 1);
        at = this.#indexed;
      }
    }
    return undefined;
  }

  /**
   * Goes back from `offset`, a line's start or the log's end, by a number of lines; works before
   * the index is there, and skips what is known to hold no newline.
   *
   * @param maxBytes bytes read at most where nothing is indexed
   * @returns where it came to, in bytes, and how many lines that is: fewer at the start of the log,
   *   or where a line is longer than `maxBytes`
   */
  goBack(offset: number, lines: number, maxBytes: number): { start: number; lines: number } {
    let start = Math.min(offset, this.bytes);
    let passed = 0;
    // The newline just before `offset` ends the last of the lines.
    let end = start - 1;
    for (let left = maxBytes; end > 0 && passed < lines && left > 0;) {
      const blockStart = Math.floor((end - 1) / blockBytes) * blockBytes;
      const read = this.file.read(this.#block, blockStart, end - blockStart);
      left -= read;
      for (let at = read; passed < lines && at > 0;) {
        at = this.#block.lastIndexOf(NEWLINE, at - 1);
        if (at === -1) break;
        start = blockStart + at + 1;
        passed++;
      }
      end = blockStart;
      if (passed < lines && end > 0 && end < this.#indexed) {
        const before = this.#count(end / blockBytes);
        const wanted = lines - passed;
        if (before < wanted) return { start: 0, lines: passed + before + 1 };
        const found = this.#newlineOffset(before - wanted + 1);
        return found === undefined ? { start, lines: passed } : { start: found + 1, lines };
      }
    }
    if (passed < lines && end <= 0 && start > 0) return { start: 0, lines: passed + 1 };
    return { start, lines: passed };
  }

  close(): void {
    this.file.close();
  }

  /** Whether what was indexed is not what the log holds now. */
  #isOtherText(size: number): boolean {
    const { modified } = this.file;
    const isTouched = modified !== this.#modified || size !== this.#indexed;
    this.#modified = modified;
    return size < this.#indexed || (isTouched && !this.#anchor.holds(this.#read));
  }

  /** Counts the newlines of the first `length` bytes of the chunk, which stand at `indexed`. */
  #scan(length: number): void {
    let at = 0;
    while (at < length) {
      const offset = this.#indexed + at;
      if (offset % blockBytes === 0) this.#setCount(offset / blockBytes, this.#newlines);
      const end = Math.min(length, at + blockBytes - (offset % blockBytes));
      this.#newlines += countNewlines(this.#chunk, at, end);
      at = end;
    }
    this.#indexed += length;
    this.#endsInLine = this.#chunk[length - 1] !== NEWLINE;
  }

  #setCount(block: number, newlines: number): void {
    if (block >= this.#counts.length) {
      const larger = new Float64Array(this.#counts.length * 2);
      larger.set(this.#counts);
      this.#counts = larger;
    }
    this.#counts[block] = newlines;
  }

  #count(block: number): number {
    return this.#counts[block] ?? 0;
  }

  /** Offset of the n-th newline (1-based) of the indexed part. */
  #newlineOffset(n: number): number | undefined {
    let low = 0;
    let high = Math.max(0, Math.ceil(this.#indexed / blockBytes) - 1);
    // The last block before which there are fewer than n.
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#count(middle) < n) low = middle;
      else high = middle - 1;
    }
    const start = low * blockBytes;
    const read = this.file.read(this.#block, start, Math.min(blockBytes, this.#indexed - start));
    // Mostly the last lines are wanted: they are looked for from where they are nearer.
    const nth = n - this.#count(low);
    const isLast = start + blockBytes >= this.#indexed;
    const inBlock = (isLast ? this.#newlines : this.#count(low + 1)) - this.#count(low);
    if (nth > inBlock) return undefined;
    const found =
      nth > inBlock / 2
        ? findNewlineBefore(this.#block, inBlock - nth + 1, read)
        : findNewline(this.#block, nth, 0, read);
    return found === -1 ? undefined : start + found;
  }
}
