// Invariant: exactly `size` bytes reach the target whatever the source does, so that what follows
// in the image still stands where it should; each passes through memory once, hashed where it was
// read.
import { createHash, hash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";
import type { Content } from "./image-tree.ts";
import { contentSize } from "./image-tree.ts";
import { errorReason } from "./sources.ts";

/** Takes a file's bytes in its own memory. */
export interface ContentTarget {
  /** Memory for the file's next bytes, 1 to `wanted` of them; valid until the next call. */
  room(wanted: number): Uint8Array;
  /** Takes the first `count` bytes of that memory as the file's next ones. */
  advance(count: number): void;
}

/** Fills the start of `room` with the bytes at offset `from`; returns how many, 0 at the end. */
type ReadInto = (room: Uint8Array, from: number) => number;

/** The MD5 (hex; "" when not asked for) of what was written, or why the source could not be read to its end. */
export type Streamed = { readonly md5: string } | { readonly problem: string };

/** Moves a file's bytes through the target's memory and, unless told not to, hashes them there. */
export function streamContent(content: Content, target: ContentTarget, hashing = true): Streamed {
  if (content.kind === "bytes") {
    const { bytes } = content;
    return stream(target, hashing, bytes.length, (room, from) => {
      room.set(bytes.subarray(from, from + room.length));
      return Math.min(room.length, bytes.length - from);
    });
  }
  let file: number;
  try {
    file = openSync(content.path, "r");
  } catch (error) {
    return stream(target, hashing, contentSize(content), () => {
      throw error;
    });
  }
  try {
    return stream(target, hashing, content.size, (room) => readSync(file, room));
  } finally {
    closeSync(file);
  }
}

function stream(target: ContentTarget, hashing: boolean, size: number, read: ReadInto): Streamed {
  let problem: string | undefined;
  let whole: string | undefined;
  let sum: ReturnType<typeof createHash> | undefined;
  for (let done = 0; done < size;) {
    const room = target.room(size - done);
    let count = 0;
    try {
      if (problem === undefined) count = read(room, done);
    } catch (error) {
      problem = errorReason(error);
    }
    if (count === 0) {
      problem ??= "it became shorter while it was read";
      count = room.fill(0).length;
    }
    const bytes = room.subarray(0, count);
    // The one-shot form is what makes thousands of small files cheap.
    if (!hashing) whole = "";
    else if (count === size) whole = hash("md5", bytes, "hex");
    else (sum ??= createHash("md5")).update(bytes);
    target.advance(count);
    done += count;
  }
  if (problem !== undefined) return { problem };
  return { md5: whole ?? (sum ?? createHash("md5")).digest("hex") };
}

const scratchBytes = 1024 * 1024;

/** A target that keeps nothing: for the MD5 alone. */
export class NoTarget implements ContentTarget {
  readonly #scratch = Buffer.allocUnsafeSlow(scratchBytes);

  room(wanted: number): Uint8Array {
    return this.#scratch.subarray(0, wanted);
  }

  advance(): void {
    // What was read is not kept.
  }
}
