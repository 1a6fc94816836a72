// Invariant: a piece starts at a line's start and ends at a line's end; only a line longer than a
// piece is handed out in several, which overlap.
import type { LogFile } from "./log-file.ts";
import { findNewline } from "./newlines.ts";
import { plainText } from "./plain-text.ts";

const NEWLINE = 0x0a;
/** Text of this length is made and dropped cheaply; longer strings are mapped memory each. */
const pieceBytes = 1 << 17;
const overlapBytes = 1 << 12;
/** Going backwards, a line longer than this is given up. */
const longestBack = 1 << 26;

/** Some lines of a log. */
export interface LinePiece {
  /** Offset of the first line. */
  readonly start: number;
  /** Where to go on: after the last newline of the piece, or the end of what there is to read. */
  readonly next: number;
  /** Without the last newline; valid until the next read. */
  readonly bytes: Buffer;
  readonly text: string;
}

/** Reads a log in pieces. */
export class LinePieces {
  readonly #file: LogFile;
  #buffer = Buffer.allocUnsafeSlow(pieceBytes);

  constructor(file: LogFile) {
    this.#file = file;
  }

  /**
   * The lines from `start` on, up to a piece's length; an unfinished last line is a piece of its own.
   *
   * @param end where reading ends: a line's start or the log's end
   * @returns undefined when there is nothing to read
   */
  after(start: number, end: number): LinePiece | undefined {
    const wanted = Math.min(pieceBytes, end - start);
    const read = wanted > 0 ? this.#file.read(this.#buffer, start, wanted) : 0;
    if (read === 0) return undefined;
    const last = this.#buffer.lastIndexOf(NEWLINE, read - 1);
    if (last !== -1) return this.#piece(start, last, start + last + 1);
    const isWhole = start + read >= end || read < wanted;
    return this.#piece(start, read, isWhole ? start + read : start + read - overlapBytes);
  }

  /**
   * The lines before `end`, a line's start or the log's end, up to a piece's length.
   *
   * @param start where reading ends: a line's start
   */
  before(end: number, start: number): LinePiece | undefined {
    if (end <= start) return undefined;
    for (let length = pieceBytes; ; length *= 2) {
      const from = Math.max(start, end - length);
      if (this.#buffer.length < end - from) this.#buffer = Buffer.allocUnsafeSlow(end - from);
      const read = this.#file.read(this.#buffer, from, end - from);
      if (read === 0) return undefined;
      const used = this.#buffer[read - 1] === NEWLINE ? read - 1 : read;
      const newline = from === start ? -1 : this.#buffer.indexOf(NEWLINE);
      const found = newline !== -1 && newline < used;
      if (!found && from > start && length < longestBack) continue;
      const first = found ? newline + 1 : 0;
      const bytes = this.#buffer.subarray(first, used);
      return { start: from + first, next: end, bytes, text: plainText(bytes) };
    }
  }

  #piece(start: number, length: number, next: number): LinePiece {
    const bytes = this.#buffer.subarray(0, length);
    return { start, next, bytes, text: plainText(bytes) };
  }
}

/** Offset in the log of the line with the (0-based) index in a piece, before the next is read. */
export function offsetOfLine({ start, bytes }: LinePiece, index: number): number {
  return index === 0 ? start : start + findNewline(bytes, index, 0, bytes.length) + 1;
}
