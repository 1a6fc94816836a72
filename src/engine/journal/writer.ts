// Invariant: each event is one write(2) of one whole line to an O_APPEND descriptor; its number is
// one more than the event before it, across writers.
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { eventVersion, type EventBody, type JournalEvent } from "./events.ts";

export const journalName = "journal.jsonl";
/** A file whose room tells the end of a build on a full disk. */
export const reserveName = "reserve";
const reserveBytes = 1024 * 1024;
const newline = 0x0a;

/**
 * Ends a last line that lacks its newline, to be called before a journal is read to be written on: a
 * whole event that lost nothing but its newline then counts, and its number is not given again.
 */
export function endTornLine(folder: string): void {
  const file = openSync(join(folder, journalName), "a+", 0o644);
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    if (size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== newline) {
      writeSync(file, "\n");
    }
  } finally {
    closeSync(file);
  }
}

/** Appends events to the journal of a build folder. */
export class JournalWriter {
  readonly #file: number;
  #reserve: string;
  readonly #clock: Clock;
  #seq: number;
  /** True when the reserve had to be freed: there is room for the end of the build, and no more. */
  isFull = false;

  /** `lastSeq`: number of the last event already there, 0 for a new journal. */
  constructor(folder: string, lastSeq: number, clock: Clock) {
    this.#file = openSync(join(folder, journalName), "a", 0o644);
    this.#seq = lastSeq;
    this.#clock = clock;
    this.#reserve = join(folder, reserveName);
    // The writer before us may have died within a line; readers skip empty lines.
    if (lastSeq > 0) this.#append(Buffer.from("\n"));
    this.isFull = !existsSync(this.#reserve);
    if (this.isFull && !this.refill() && lastSeq === 0) throw noSpace();
  }

  /** Reserves room for the end again; false while the disk has none. */
  refill(): boolean {
    try {
      writeFileSync(this.#reserve, Buffer.alloc(reserveBytes));
      this.isFull = false;
    } catch {
      rmSync(this.#reserve, { force: true });
    }
    return !this.isFull;
  }

  /** Writes one event and returns it as written. A full disk frees the reserve and tries again. */
  write(body: EventBody): JournalEvent {
    const event: JournalEvent = {
      v: eventVersion,
      seq: this.#seq + 1,
      at: this.#clock.now().toISOString(),
      ...body,
    };
    this.#append(Buffer.from(`${JSON.stringify(event)}\n`));
    this.#seq = event.seq;
    if (body.type === "stage-ended" || body.type === "build-ended") fsyncSync(this.#file);
    return event;
  }

  /** To be told when the build's folder got another name. */
  moved(folder: string): void {
    this.#reserve = join(folder, reserveName);
  }

  /** Ends writing; `finished` gives the reserved room back. */
  close(finished: boolean): void {
    closeSync(this.#file);
    if (finished) rmSync(this.#reserve, { force: true });
  }

  #append(line: Buffer): void {
    try {
      this.#appendWhole(line);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC" || !existsSync(this.#reserve))
        throw error;
      rmSync(this.#reserve);
      this.isFull = true;
      // Part of the line may have reached the disk: start on a new one.
      this.#appendWhole(Buffer.concat([Buffer.from("\n"), line]));
    }
  }

  #appendWhole(line: Buffer): void {
    const written = writeSync(this.#file, line);
    if (written < line.length) {
      throw noSpace();
    }
  }
}

function noSpace(): Error {
  return Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
}
