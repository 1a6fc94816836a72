// Invariant: every complete line of the journal is given out once, in order; an unfinished last
// line is held back until its newline arrives.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { JournalEvent } from "./events.ts";
import { readLine } from "./read.ts";

const newline = 0x0a;

/** Follows a journal that may still be written. Costs one fstat when nothing was added. */
export class JournalFollower {
  readonly #path: string;
  #file: number | undefined;
  #offset = 0;
  #rest = Buffer.alloc(0);
  /** Sentences about what was passed over so far. */
  readonly notes: string[] = [];

  constructor(path: string) {
    this.#path = path;
  }

  /** Bytes read so far, the held-back part of a line included. */
  get offset(): number {
    return this.#offset;
  }

  /** True when the journal ends in a line without newline (torn, or just being written). */
  get hasUnfinishedLine(): boolean {
    return this.#rest.length > 0;
  }

  /** The events added since the last call; none when the file does not exist (yet). */
  poll(): readonly JournalEvent[] {
    this.#file ??= open(this.#path);
    if (this.#file === undefined) return [];
    const size = fstatSync(this.#file).size;
    if (size <= this.#offset) return [];
    const added = Buffer.allocUnsafe(size - this.#offset);
    const length = readSync(this.#file, added, 0, added.length, this.#offset);
    this.#offset += length;
    return this.#takeLines(Buffer.concat([this.#rest, added.subarray(0, length)]));
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #takeLines(bytes: Buffer): JournalEvent[] {
    const events: JournalEvent[] = [];
    let start = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      const line = readLine(bytes.toString("utf8", start, end));
      if ("event" in line) events.push(line.event);
      else if ("note" in line) this.notes.push(line.note);
      start = end + 1;
    }
    this.#rest = Buffer.from(bytes.subarray(start));
    return events;
  }
}

function open(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch {
    return undefined;
  }
}
