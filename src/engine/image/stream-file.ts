// Invariant: exactly `size` bytes reach the writer whatever the source does, so that what follows
// in the image still stands where it should.
import { createHash, hash } from "node:crypto";
import { errorReason } from "./sources.ts";
import type { ImageNode, ImageWriter } from "./writer.ts";

/** Fills the start of `room` with the bytes at offset `from`; returns how many, 0 at the end. */
export type ReadInto = (room: Uint8Array, from: number) => number;

/** The MD5 (hex) of what was written, or why the source could not be read to its end. */
export type Streamed = { readonly md5: string } | { readonly problem: string };

/** Moves a file's bytes through the writer's own memory and hashes them there. */
export function streamFile(
  writer: ImageWriter,
  node: ImageNode,
  size: number,
  read: ReadInto,
): Streamed {
  writer.beginFile(node, size);
  let problem: string | undefined;
  let whole: string | undefined;
  let sum: ReturnType<typeof createHash> | undefined;
  for (let done = 0; done < size;) {
    const room = writer.room(size - done);
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
    if (count === size) whole = hash("md5", bytes, "hex");
    else (sum ??= createHash("md5")).update(bytes);
    writer.advance(count);
    done += count;
  }
  writer.endFile();
  if (problem !== undefined) return { problem };
  return { md5: whole ?? (sum ?? createHash("md5")).digest("hex") };
}
