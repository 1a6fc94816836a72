// Invariant: gives the same problems as a `Diagnoser` that takes each line, but makes text only of
// lines that may tell something; memory is bounded whatever the length of lines and log.
import { Buffer } from "node:buffer";
import { countNewlines } from "../logs/newlines.ts";
import { AnchorTable, bytesOf } from "./anchors.ts";
import { Diagnoser, type LogEnd } from "./diagnoser.ts";
import type { DiagnosedLine, FoundProblem } from "./found-problem.ts";
import { allForms } from "./rules/all.ts";

const NEWLINE = 0x0a;
const bufferBytes = 1 << 20;
/** Text kept of one line. */
const mostText = 1 << 16;
/** Bytes and lines kept for looking back. */
const keptBytes = 1 << 18;
const keptLines = 64;

/** Anchors of every form, and of the lines that tell where the build is. */
const telling = new AnchorTable([
  allForms.flatMap(({ anchors }) => anchors.map(bytesOf)),
  ["ing directory ", "= building ", "=building ", "==> ", "+--> "],
]);

/** Diagnoses a log that comes in pieces of bytes: a file or a stream. */
export class LogScan {
  readonly #diagnoser = new Diagnoser();
  /** Kept bytes, then the newest. */
  #bytes = Buffer.alloc(keptBytes + bufferBytes);
  #length = 0;
  /** Offset in the log of the buffer's first byte. */
  #base = 0;
  /** In the buffer: start of the first line not taken yet. */
  #at = 0;
  /** Number of the line before `#at`. */
  #number = 0;
  /** The head of a line that is longer than the buffer, and the offset it starts at. */
  #long: { readonly head: Buffer; readonly offset: number } | undefined;

  /** Takes the next bytes of the log. */
  push(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length; from += bufferBytes) {
      const piece = bytes.subarray(from, from + bufferBytes);
      this.#shift();
      this.#bytes.set(piece, this.#length);
      this.#length += piece.length;
      this.#scan();
    }
  }

  /** What was found, cause first; push nothing after it. */
  finish(end: LogEnd = {}): readonly FoundProblem[] {
    if (this.#long !== undefined) this.#endLong(this.#length);
    else if (this.#at < this.#length) this.#take(this.#length, this.#length);
    return this.#diagnoser.finish(end);
  }

  /** Makes room: keeps the lines to look back on, and the unfinished one. */
  #shift(): void {
    let keep = this.#at;
    const least = Math.max(0, this.#at - keptBytes / 2);
    for (let i = 0; i < keptLines && keep > least; i++) {
      keep = this.#bytes.lastIndexOf(NEWLINE, keep - 2) + 1;
      if (keep <= 0) break;
    }
    keep = Math.max(keep, least);
    if (this.#length - this.#at > keptBytes / 2) {
      this.#long ??= {
        head: Buffer.from(this.#bytes.subarray(this.#at, this.#at + mostText)),
        offset: this.#base + this.#at,
      };
      keep = this.#length;
      this.#at = this.#length;
    }
    this.#bytes.copyWithin(0, keep, this.#length);
    this.#base += keep;
    this.#at -= keep;
    this.#length -= keep;
  }

  #endLong(end: number): void {
    if (this.#long === undefined) return;
    const { head, offset } = this.#long;
    this.#long = undefined;
    this.#number++;
    this.#diagnoser.take({ offset, end: this.#base + end, text: head.toString("utf8") });
    this.#at = end;
  }

  #scan(): void {
    const end = this.#bytes.subarray(0, this.#length).lastIndexOf(NEWLINE) + 1;
    if (end <= this.#at) {
      if (this.#long !== undefined) this.#at = this.#length;
      return;
    }
    if (this.#long !== undefined) this.#endLong(this.#bytes.indexOf(NEWLINE, this.#at) + 1);
    while (this.#at < end) {
      if (!this.#diagnoser.wantsNext) {
        const found = telling.nextInBytes(this.#bytes, this.#at, end);
        const start = found === -1 ? end : this.#bytes.lastIndexOf(NEWLINE, found - 1) + 1;
        if (start > this.#at) this.#skip(start);
        if (found === -1) return;
      }
      const newline = this.#bytes.indexOf(NEWLINE, this.#at);
      this.#take(newline, newline + 1);
    }
  }

  #skip(to: number): void {
    let lines = 0;
    let from = this.#at;
    for (; from < to && (to - from < 8 || from % 4 !== 0); from++) {
      if (this.#bytes[from] === NEWLINE) lines++;
    }
    if (from < to) lines += countNewlines(this.#bytes, from, to);
    this.#number += lines;
    this.#at = to;
    this.#diagnoser.skip(lines, this.#lookBack);
  }

  #take(textEnd: number, end: number): void {
    const line = this.#line(this.#at, textEnd, end);
    this.#number++;
    this.#at = end;
    this.#diagnoser.take(line);
  }

  #line(start: number, textEnd: number, end: number): DiagnosedLine {
    return {
      offset: this.#base + start,
      end: this.#base + end,
      text: this.#bytes.toString("utf8", start, Math.min(textEnd, start + mostText)),
    };
  }

  /** A line that was passed over and is still in the buffer. */
  readonly #lookBack = (number: number): DiagnosedLine | undefined => {
    // `#take` counts a line before the diagnoser looks back: `#at` is the end of line `#number`.
    let end = this.#at;
    for (let i = this.#number; i > number && end > 0; i--) {
      end = this.#bytes.lastIndexOf(NEWLINE, end - 2) + 1;
    }
    if (end <= 0) return undefined;
    const start = end < 2 ? 0 : this.#bytes.lastIndexOf(NEWLINE, end - 2) + 1;
    return this.#line(start, end - 1, end);
  };
}
