// Invariant: every complete line of the journal is given out once, in order; an unfinished last
// line is held back until its newline arrives; no more than a piece of the journal is in memory.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { JournalEvent } from "./events.ts";
import { readLine } from "./read.ts";

const newline = 0x0a;
/** Read at once: the journal of a day may be larger than the memory somebody has to look at it. */
const pieceBytes = 1 << 18;
/** No event is as long; of a line that is, what follows is not kept, and it counts as damaged. */
const mostLineBytes = 8 << 20;
/** Kept word for word; a journal full of garbage must not fill the memory with sentences. */
const mostNotes = 100;

/** Follows a journal that may still be written. Costs one fstat when nothing was added. */
export class JournalFollower {
  readonly #path: string;
  #file: number | undefined;
  #offset = 0;
  /** The unfinished line, and room for the next piece; there is none until something is read. */
  #bytes: Buffer = Buffer.alloc(0);
  #unfinished = 0;
  readonly #notes: string[] = [];
  #moreNotes = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Sentences about what was passed over so far, at most a hundred and one that counts the rest. */
  get notes(): readonly string[] {
    if (this.#moreNotes === 0) return this.#notes;
    return [...this.#notes, `and ${this.#moreNotes} more lines of the journal were passed over`];
  }

  /** Bytes read so far, the held-back part of a line included. */
  get offset(): number {
    return this.#offset;
  }

  /** True when the journal ends in a line without newline (torn, or just being written). */
  get hasUnfinishedLine(): boolean {
    return this.#unfinished > 0;
  }

  /** The events added since the last call; none when the file does not exist (yet). */
  poll(): readonly JournalEvent[] {
    return [...this.events()];
  }

  /** As `poll`, a piece of the journal at a time; to be taken to its end, or not looked at again. */
  *events(): Generator<JournalEvent, void, undefined> {
    this.#file ??= open(this.#path);
    if (this.#file === undefined) return;
    const { size } = fstatSync(this.#file);
    while (this.#offset < size) {
      const wanted = Math.min(pieceBytes, size - this.#offset);
      this.#makeRoom(wanted);
      const length = readSync(this.#file, this.#bytes, this.#unfinished, wanted, this.#offset);
      if (length === 0) return;
      this.#offset += length;
      yield* this.#takeLines(this.#unfinished + length);
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #makeRoom(wanted: number): void {
    const needed = this.#unfinished + wanted;
    if (this.#bytes.length >= needed) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(larger, 0, 0, this.#unfinished);
    this.#bytes = larger;
  }

  /** Takes the lines that are complete in the first `length` bytes; the rest moves to the front. */
  #takeLines(length: number): JournalEvent[] {
    const bytes = this.#bytes.subarray(0, length);
    const events: JournalEvent[] = [];
    let start = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      const line = readLine(bytes.toString("utf8", start, end));
      if ("event" in line) events.push(line.event);
      else if ("note" in line) this.#note(line.note);
      start = end + 1;
    }
    bytes.copyWithin(0, start);
    this.#unfinished = Math.min(length - start, mostLineBytes);
    return events;
  }

  #note(sentence: string): void {
    if (this.#notes.length < mostNotes) this.#notes.push(sentence);
    else this.#moreNotes += 1;
  }
}

function open(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch {
    return undefined;
  }
}
