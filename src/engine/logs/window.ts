// Invariant: the cost of a window depends on its lines and columns, never on the length of the log
// or of a line; what it returns is clean (see clean.ts) and safe to draw.
import { cleanLine, type CleanOptions } from "./clean.ts";
import type { LogIndex } from "./line-index.ts";
import type { StyleSpan } from "./style.ts";

/** A line as it is shown. */
export interface LogLine {
  /** 1-based; undefined while the index has not reached it. */
  readonly number: number | undefined;
  /** Of its first byte in the log. */
  readonly offset: number;
  /** Its length without the newline. */
  readonly bytes: number;
  readonly text: string;
  readonly spans: readonly StyleSpan[];
  /** There is more of it than `text` shows. */
  readonly cut: boolean;
  /** Earlier states of a progress meter are not shown. */
  readonly rewritten: boolean;
}

/** Bytes read for each column wanted: colours and UTF-8 take several bytes a column. */
const bytesPerColumn = 8;
const readAheadBytes = 1 << 16;
/** Where nothing is indexed, a line longer than this is given up. */
const maxUnindexedLine = 1 << 25;
const CR = 0x0d;
const NEWLINE = 0x0a;

/**
 * Reads lines by number.
 *
 * @param firstLine 1-based
 * @returns up to `count` lines; fewer at the end of what is indexed
 */
export function readWindow(
  index: LogIndex,
  firstLine: number,
  count: number,
  options: CleanOptions = {},
): LogLine[] {
  const first = Math.max(1, firstLine);
  const offset = index.lineStart(first);
  if (offset === undefined) return [];
  return readLines(index, offset, Math.min(count, index.lines - first + 1), first, options);
}

/**
 * Reads lines from the start of the line that holds the byte at `offset`; works before the index
 * is there (the lines then have no number).
 */
export function readFrom(
  index: LogIndex,
  offset: number,
  count: number,
  options: CleanOptions = {},
): LogLine[] {
  const { start } = index.goBack(offset + 1, 1, maxUnindexedLine);
  return readLines(index, Math.min(start, offset), count, index.lineAt(start), options);
}

/**
 * Reads the lines before `offset`, which is the start of a line or the end of the log; works before
 * the index is there.
 */
export function readBefore(
  index: LogIndex,
  offset: number,
  count: number,
  options: CleanOptions = {},
): LogLine[] {
  const end = Math.min(offset, index.bytes);
  const { start, lines } = index.goBack(end, count, maxUnindexedLine);
  if (lines > 0) return readLines(index, start, lines, index.lineAt(start), options);
  // Inside a line too long to find its start: its last part is what can be shown.
  const part = Math.max(0, end - bytesWanted(options));
  return count === 0 || end === 0 ? [] : readLines(index, part, 1, index.lineAt(part), options);
}

/**
 * Reads the last lines of the log, as long as it was when `index` last looked; works before the
 * index is there.
 */
export function readTail(index: LogIndex, count: number, options: CleanOptions = {}): LogLine[] {
  return readBefore(index, index.bytes, count, options);
}

function readLines(
  index: LogIndex,
  start: number,
  count: number,
  firstNumber: number | undefined,
  options: CleanOptions,
): LogLine[] {
  const limit = bytesWanted(options);
  const reader = new ReadAhead(index, limit);
  const lines: LogLine[] = [];
  let offset = start;
  while (lines.length < count && offset < index.bytes) {
    const head = reader.bytesAt(offset, limit);
    const newline = head.indexOf(NEWLINE);
    const number = firstNumber === undefined ? undefined : firstNumber + lines.length;
    if (newline !== -1 || offset + head.length >= index.bytes) {
      const whole = newline === -1 ? head : head.subarray(0, newline);
      const clean = cleanLine(whole, options);
      lines.push({ number, offset, bytes: whole.length, ...clean });
      offset += whole.length + 1;
    } else {
      if (head.length === 0) break;
      const found = index.newlineFrom(offset + head.length, maxUnindexedLine);
      const end = found ?? index.bytes;
      const clean = cleanLine(lastState(index, head, offset, end), options);
      lines.push({ number, offset, bytes: end - offset, ...clean, cut: true });
      offset = end + 1;
    }
  }
  return lines;
}

function bytesWanted(options: CleanOptions): number {
  return (options.maxColumns ?? 1000) * bytesPerColumn + 64;
}

/** Of a long line: the last state of a progress meter, or else its head. */
function lastState(index: LogIndex, head: Uint8Array, offset: number, end: number): Uint8Array {
  const tail = Buffer.allocUnsafe(head.length);
  const length = index.file.read(tail, Math.max(offset, end - tail.length));
  let meterEnd = length;
  while (meterEnd > 0 && tail[meterEnd - 1] === CR) meterEnd--;
  const isMeter = tail.subarray(0, meterEnd).includes(CR);
  return isMeter ? tail.subarray(0, length) : head;
}

/** Shared by all windows, each of which is read to its end before the next begins. */
let scratch = Buffer.allocUnsafeSlow(readAheadBytes);

/** Reads the log in larger pieces than a line, so that a window takes few system calls. */
class ReadAhead {
  readonly #index: LogIndex;
  #start = 0;
  #length = 0;

  constructor(index: LogIndex, limit: number) {
    this.#index = index;
    if (scratch.length < 2 * limit) scratch = Buffer.allocUnsafeSlow(2 * limit);
  }

  /** Up to `length` bytes at `offset`; valid until the next call. */
  bytesAt(offset: number, length: number): Uint8Array {
    const wantedEnd = Math.min(offset + length, this.#index.bytes);
    if (offset < this.#start || wantedEnd > this.#start + this.#length) {
      this.#start = offset;
      this.#length = this.#index.file.read(scratch, offset);
    }
    const from = offset - this.#start;
    return scratch.subarray(from, Math.min(from + length, this.#length));
  }
}
