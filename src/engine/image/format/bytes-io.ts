// Invariant: a read or write is done in full or throws; nothing is ever silently short.
import { fstatSync, ftruncateSync, readSync, writeSync } from "node:fs";
import type { Result } from "../../result.ts";
import { fail, ok } from "../../result.ts";

/** Bytes that can be read at any place: a file, a file inside an image, memory. */
export interface ByteSource {
  /** Bytes. */
  readonly size: number;
  /** Fills all of `into` with the bytes from `position` on; throws an UnreadableError. */
  read(into: Uint8Array, position: number): void;
}

/** Takes bytes at any place, in any order; what was never written reads as zero. */
export interface ByteSink {
  /** Takes a copy. What it throws (a full disk) passes through the writers unchanged. */
  write(bytes: Uint8Array, position: number): void;
}

/** Bytes could not be had: an image is damaged or ends early, or the system could not read. */
export class UnreadableError extends Error {}

/** Throws an UnreadableError for a read that leaves the source. */
export function checkRange(source: ByteSource, length: number, position: number): void {
  if (position >= 0 && position + length <= source.size) return;
  throw new UnreadableError(
    `${length} bytes at ${position} are asked for, but there are only ${source.size}`,
  );
}

/** An open file; its size is taken once. */
export function fileSource(file: number): ByteSource {
  const { size } = fstatSync(file);
  const source: ByteSource = {
    size,
    read: (into, position) => {
      checkRange(source, into.length, position);
      for (let done = 0; done < into.length;) {
        let count: number;
        try {
          count = readSync(file, into, done, into.length - done, position + done);
        } catch (error) {
          throw new UnreadableError(error instanceof Error ? error.message : String(error));
        }
        if (count === 0) throw new UnreadableError("the file became shorter while it was read");
        done += count;
      }
    },
  };
  return source;
}

/** Bytes in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  const source: ByteSource = {
    size: bytes.length,
    read: (into, position) => {
      checkRange(source, into.length, position);
      into.set(bytes.subarray(position, position + into.length));
    },
  };
  return source;
}

/** An open file, emptied and given `size` bytes (zero, and sparse where the system can). */
export function fileSink(file: number, size: number): ByteSink {
  ftruncateSync(file, 0);
  ftruncateSync(file, size);
  return {
    write: (bytes, position) => {
      for (let done = 0; done < bytes.length;) {
        done += writeSync(file, bytes, done, bytes.length - done, position + done);
      }
    },
  };
}

/** Takes bytes one after the other and hands them on in large pieces. */
export interface Gatherer {
  /** Takes a copy. */
  write(bytes: Uint8Array): void;
  /** Hands on what is left. */
  flush(): void;
}

/** Gathers bytes for `put`, which gets pieces of 1 MiB, valid until it returns, and the rest. */
export function gatherer(put: (bytes: Uint8Array) => void): Gatherer {
  const memory = Buffer.allocUnsafeSlow(1024 * 1024);
  let filled = 0;
  const flush = (): void => {
    if (filled > 0) put(memory.subarray(0, filled));
    filled = 0;
  };
  const write = (bytes: Uint8Array): void => {
    for (let from = 0; from < bytes.length;) {
      const part = bytes.subarray(from, from + memory.length - filled);
      memory.set(part, filled);
      filled += part.length;
      from += part.length;
      if (filled === memory.length) flush();
    }
  };
  return { write, flush };
}

/** Runs what reads a source; bytes that cannot be had become a failure that begins with `what`. */
export function readable<T>(what: string, read: () => T): Result<T> {
  try {
    return ok(read());
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return fail("bad-input", `${what}: ${error.message}`);
  }
}
