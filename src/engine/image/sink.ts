// Invariant: bytes reach the file in the order given, in writes of the whole buffer.
import { writeSync } from "node:fs";
import { WriteError } from "./writer.ts";

const bufferBytes = 1024 * 1024;

/** A file written through one buffer that its user may fill in place. */
export class Sink {
  readonly #file: number;
  readonly #path: string;
  readonly #buffer = Buffer.allocUnsafeSlow(bufferBytes);
  #filled = 0;
  #length = 0;

  /** Writes to an open descriptor; `path` is for messages. */
  constructor(file: number, path: string) {
    this.#file = file;
    this.#path = path;
  }

  /** Bytes taken so far. */
  get length(): number {
    return this.#length;
  }

  /** Memory for up to `wanted` next bytes, at least one; valid until the next call. */
  room(wanted: number): Uint8Array {
    // A small file is kept in one piece where that costs no more than a short write.
    if (bufferBytes - this.#filled < Math.min(wanted, bufferBytes / 8)) this.flush();
    return this.#buffer.subarray(this.#filled, this.#filled + wanted);
  }

  /** Takes `count` bytes from the start of the room. */
  advance(count: number): void {
    this.#filled += count;
    this.#length += count;
    if (this.#filled === bufferBytes) this.flush();
  }

  /** Appends a copy of some bytes. */
  write(bytes: Uint8Array): void {
    for (let from = 0; from < bytes.length;) {
      const room = this.room(bytes.length - from);
      const part = bytes.subarray(from, from + room.length);
      room.set(part);
      this.advance(part.length);
      from += part.length;
    }
  }

  /** Hands everything to the system. */
  flush(): void {
    try {
      for (let from = 0; from < this.#filled;) {
        from += writeSync(this.#file, this.#buffer, from, this.#filled - from);
      }
    } catch (error) {
      throw new WriteError(this.#path, error);
    }
    this.#filled = 0;
  }
}
