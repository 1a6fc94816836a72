// Invariant: a times file is lines of `<milliseconds of the epoch> <offset>`: when it was seen that
// a log had grown to that many bytes. At most one a second; a torn or foreign line means nothing.
import { closeSync, fstatSync, openSync, writeSync } from "node:fs";
import { fail, ok, type Result } from "../result.ts";
import { LogFollower } from "./follow.ts";

const sampleMs = 1000;

/** Appends samples to a times file (`<stage>.<attempt>.times` beside the log). */
export class LogTimesWriter {
  readonly #descriptor: number;
  #writtenAt = -Infinity;
  #writtenOffset = 0;
  /** Growth that was seen too soon after the last sample to be written. */
  #waiting: { readonly at: number; readonly offset: number } | undefined;

  private constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Opens or makes the file; a torn last line of an earlier writer is ended first. */
  static open(path: string): Result<LogTimesWriter> {
    try {
      const descriptor = openSync(path, "a", 0o666);
      const writer = new LogTimesWriter(descriptor);
      if (fstatSync(descriptor).size > 0) writer.#write("\n");
      return ok(writer);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return fail("cannot-write", `Cannot write ${path}: ${reason}.`);
    }
  }

  /**
   * To be called at every look at the log, whether it grew or not.
   *
   * @param offset length of the log in bytes
   * @param at wall clock, milliseconds of the epoch
   */
  sample(offset: number, at: number): void {
    const waiting = this.#waiting;
    // After a pause, what waited belongs before it and not after it.
    if (waiting !== undefined && at - waiting.at >= sampleMs) this.#writeSample(waiting);
    if (offset !== (this.#waiting?.offset ?? this.#writtenOffset)) this.#waiting = { offset, at };
    // A clock that was set back must not end the sampling.
    const sinceLast = Math.abs(at - this.#writtenAt);
    if (this.#waiting !== undefined && sinceLast >= sampleMs) this.#writeSample(this.#waiting);
  }

  /** Writes what still waits, and ends. */
  close(): void {
    if (this.#waiting !== undefined) this.#writeSample(this.#waiting);
    closeSync(this.#descriptor);
  }

  #writeSample(sample: { readonly at: number; readonly offset: number }): void {
    this.#waiting = undefined;
    this.#writtenAt = sample.at;
    this.#writtenOffset = sample.offset;
    this.#write(`${String(Math.round(sample.at))} ${String(sample.offset)}\n`);
  }

  #write(text: string): void {
    try {
      writeSync(this.#descriptor, text);
    } catch {
      // A full disk costs samples, never the build.
    }
  }
}

/** The samples of a log, by offset; follows a times file that grows. */
export class LogTimes {
  readonly #follower: LogFollower;
  #at: number[] = [];
  #offsets: number[] = [];

  constructor(path: string) {
    this.#follower = new LogFollower(path);
  }

  /** Reads samples that were added; returns whether there were any. */
  refresh(): boolean {
    let changed = false;
    for (let more = true; more;) {
      const part = this.#follower.poll();
      if (part.truncated !== undefined) this.#clear();
      for (const line of part.lines) changed = this.#add(line.text) || changed;
      more = part.more;
    }
    return changed;
  }

  /** Number of samples known. */
  get size(): number {
    return this.#at.length;
  }

  /**
   * When the byte at `offset` was received: milliseconds of the epoch, late by at most about a
   * second. Undefined when no sample is that far.
   */
  timeAt(offset: number): number | undefined {
    let low = 0;
    let high = this.#offsets.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#offsets[middle] ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return this.#at[low];
  }

  /** A sample by index (0-based): bytes there were, and when (milliseconds of the epoch). */
  sample(index: number): { readonly at: number; readonly offset: number } | undefined {
    const at = this.#at[index];
    const offset = this.#offsets[index];
    return at === undefined || offset === undefined ? undefined : { at, offset };
  }

  close(): void {
    this.#follower.close();
  }

  #add(text: string): boolean {
    const match = /^(\d{1,15}) (\d{1,15})$/.exec(text);
    if (match === null) return false;
    const offset = Number(match[2]);
    // The log was made shorter and written anew: earlier samples speak of bytes that are gone.
    if (offset < (this.#offsets.at(-1) ?? 0)) this.#clear();
    this.#at.push(Number(match[1]));
    this.#offsets.push(offset);
    return true;
  }

  #clear(): void {
    this.#at = [];
    this.#offsets = [];
  }
}
