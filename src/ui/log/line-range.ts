// Invariant: a range is whole lines, from the one it was begun at to the one the cursor is at,
// whichever comes first in the log.
import type { LogLine } from "../../engine/logs/window.ts";

/** A line by its place in the log. */
export type LinePlace = Pick<LogLine, "offset" | "bytes">;

/** Bytes of a log, without the newline of the last line. */
export interface ByteRange {
  readonly offset: number;
  readonly bytes: number;
}

/** The bytes from one line to another, both included. */
export function rangeBetween(one: LinePlace, other: LinePlace): ByteRange {
  const [first, last] = one.offset <= other.offset ? [one, other] : [other, one];
  return { offset: first.offset, bytes: last.offset + last.bytes - first.offset };
}

/** True for a line that begins within the range. */
export function isInRange({ offset }: LinePlace, range: ByteRange): boolean {
  return offset >= range.offset && offset <= range.offset + range.bytes;
}
