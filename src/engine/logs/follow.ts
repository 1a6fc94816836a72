// Invariant: every byte of the log is handed out once, in order, as part of exactly one line; a
// line is handed out when its newline was written, or by `flush`. Only a log that became shorter
// or was written anew is read again from its start, and that is said.
import { isAscii } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from "node:fs";
import { LogAnchor, type ReadAt } from "./anchor.ts";

const NEWLINE = 0x0a;
const chunkBytes = 1 << 18;
/** Text kept of one line; no rule needs more, and a line may be as long as the disk. */
const maxTextBytes = 1 << 16;

/** A line that was written to the log. */
export interface FollowedLine {
  /** Of its first byte. */
  readonly offset: number;
  /** Of the byte after its newline (or after its last byte, when it came from `flush`). */
  readonly end: number;
  /** Raw text without the newline: escape sequences and carriage returns are still in it. */
  readonly text: string;
}

/** What one look at the log brought. */
export interface FollowedPart {
  readonly lines: readonly FollowedLine[];
  /**
   * The log is shorter than what was read (`from` bytes before, `to` now), holds another text, or
   * another file stands under its name; `lines` start again at offset 0.
   */
  readonly truncated?: { readonly from: number; readonly to: number };
  /** There is more to read already; poll again without waiting. */
  readonly more: boolean;
}

/** How to follow a log. */
export interface FollowOptions {
  /** Offset to start at: the start of a line. Default 0. */
  readonly start?: number;
  /**
   * Follow the name, not the file: tools that write logs of their own replace them. Costs a stat
   * instead of a fstat.
   */
  readonly byName?: boolean;
  /** Bytes read by one poll at most. Default 4 MiB (some 10 ms). */
  readonly maxBytes?: number;
}

const nothing: FollowedPart = { lines: [], more: false };

/** Reads the lines that are appended to a log, which need not exist yet. */
export class LogFollower {
  readonly #where: () => string | undefined;
  readonly #byName: boolean;
  readonly #maxBytes: number;
  readonly #chunk = Buffer.allocUnsafeSlow(chunkBytes);
  readonly #anchor = new LogAnchor();
  readonly #readAt: ReadAt = (target, offset, length) =>
    this.#descriptor === undefined ? 0 : readSync(this.#descriptor, target, 0, length, offset);
  #descriptor: number | undefined;
  #inode = 0;
  #hasRead = false;
  #position: number;
  /** Start of the line that is not complete yet, and its first bytes. */
  #lineStart: number;
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  /** `path`: of the log, or, where tools name it anew or move it, what tells where it is now. */
  constructor(path: string | (() => string | undefined), options: FollowOptions = {}) {
    this.#where = typeof path === "string" ? () => path : path;
    this.#byName = options.byName ?? false;
    this.#maxBytes = options.maxBytes ?? 1 << 22;
    this.#position = options.start ?? 0;
    this.#lineStart = this.#position;
  }

  /** Bytes read so far, the unfinished last line among them. */
  get position(): number {
    return this.#position;
  }

  /** Whether anything was read. */
  get hasRead(): boolean {
    return this.#hasRead;
  }

  /**
   * Looks at the log and reads what was appended. When nothing was, this is one fstat (or stat).
   * A log that does not exist or cannot be read is one to which nothing was appended.
   */
  poll(): FollowedPart {
    try {
      if (this.#descriptor === undefined && !this.#open()) return nothing;
      return this.#read();
    } catch (error) {
      if (isSystemError(error)) return nothing;
      throw error;
    }
  }

  /** Hands out the unfinished last line, when its writer has ended. */
  flush(): FollowedLine | undefined {
    if (this.#position === this.#lineStart) return undefined;
    const pending = Buffer.concat(this.#pending, this.#pendingBytes);
    const line = { offset: this.#lineStart, end: this.#position, text: pending.toString("utf8") };
    this.#startLine(this.#position);
    return line;
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(): boolean {
    const path = this.#where();
    if (path === undefined) return false;
    let descriptor: number;
    try {
      descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    } catch {
      return false;
    }
    const status = fstatSync(descriptor);
    if (!status.isFile()) {
      closeSync(descriptor);
      return false;
    }
    this.#descriptor = descriptor;
    this.#inode = status.ino;
    return true;
  }

  #read(): FollowedPart {
    const status = this.#byName ? this.#named() : undefined;
    if (this.#byName && status?.ino !== this.#inode)
      return this.#leaveOldFile(status !== undefined);
    const size = status?.size ?? this.#openSize();
    if (size === this.#position) return nothing;
    if (size > this.#position && this.#anchor.holds(this.#readAt)) return this.#append(size);
    return this.#startAgain(size);
  }

  #named(): Stats | undefined {
    const path = this.#where();
    return path === undefined ? undefined : statSync(path, { throwIfNoEntry: false });
  }

  /** Another file, or none, stands under the name: first hand out what the old one still has. */
  #leaveOldFile(isReplaced: boolean): FollowedPart {
    const rest = this.#append(this.#openSize());
    if (rest.lines.length > 0 || rest.more || !isReplaced) return { ...rest, more: isReplaced };
    const last = this.flush();
    if (last !== undefined) return { lines: [last], more: true };
    this.close();
    return this.#startAgain(this.#open() ? this.#openSize() : 0);
  }

  #startAgain(size: number): FollowedPart {
    const truncated = { from: this.#position, to: size };
    this.#position = 0;
    this.#startLine(0);
    this.#anchor.forget();
    return { ...this.#append(size), truncated };
  }

  #openSize(): number {
    return this.#descriptor === undefined ? 0 : fstatSync(this.#descriptor).size;
  }

  /** Reads up to `size`, or as much as one poll may. */
  #append(size: number): FollowedPart {
    const lines: FollowedLine[] = [];
    const limit = Math.min(size, this.#position + this.#maxBytes);
    while (this.#descriptor !== undefined && this.#position < limit) {
      const wanted = Math.min(chunkBytes, limit - this.#position);
      const read = readSync(this.#descriptor, this.#chunk, 0, wanted, this.#position);
      if (read === 0) break;
      this.#split(this.#chunk.subarray(0, read), lines);
    }
    this.#anchor.note(this.#position, this.#readAt);
    return { lines, more: this.#position < size && this.#position === limit };
  }

  #split(data: Buffer, lines: FollowedLine[]): void {
    const base = this.#position;
    this.#hasRead = true;
    this.#position += data.length;
    // Build logs are nearly all ASCII, where one decode serves a whole chunk and bytes are characters.
    const whole = isAscii(data) ? data.toString("latin1") : undefined;
    let at = 0;
    for (;;) {
      const newline = whole === undefined ? data.indexOf(NEWLINE, at) : whole.indexOf("\n", at);
      if (newline === -1) break;
      const kept = Math.min(newline, at + maxTextBytes);
      let text: string;
      if (this.#pending.length > 0) {
        this.#keep(data.subarray(at, newline));
        text = Buffer.concat(this.#pending, this.#pendingBytes).toString("utf8");
      } else if (whole === undefined) text = data.toString("utf8", at, kept);
      else text = whole.slice(at, kept);
      lines.push({ offset: this.#lineStart, end: base + newline + 1, text });
      this.#startLine(base + newline + 1);
      at = newline + 1;
    }
    if (at < data.length) this.#keep(data.subarray(at));
  }

  /** Copies bytes of the unfinished line, as far as its text is kept. */
  #keep(bytes: Buffer): void {
    const room = maxTextBytes - this.#pendingBytes;
    if (room <= 0 || bytes.length === 0) return;
    const copy = Buffer.from(bytes.subarray(0, room));
    this.#pending.push(copy);
    this.#pendingBytes += copy.length;
  }

  #startLine(offset: number): void {
    this.#lineStart = offset;
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
