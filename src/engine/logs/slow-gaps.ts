// Invariant: a gap is told only where two neighbouring samples show it; a log that just writes slowly
// but steadily has none.
import type { LogTimes } from "./log-times.ts";

/** A time in which a log did not grow. */
export interface SlowGap {
  /** Of the first byte that came after the gap. */
  readonly offset: number;
  /** How long it was quiet, in milliseconds; about a second too long at most. */
  readonly quietMs: number;
  /** When the last byte before it came: milliseconds of the epoch. */
  readonly since: number;
}

/**
 * The nearest gap whose offset is at or above `offset` (direction 1) or below it (direction -1).
 *
 * @param minimumMs shorter gaps are passed over; below some 2,000 every second is one
 */
export function findGap(
  times: LogTimes,
  offset: number,
  direction: 1 | -1,
  minimumMs: number,
): SlowGap | undefined {
  const first = direction === 1 ? 1 : times.size - 1;
  for (let i = first; i >= 1 && i < times.size; i += direction) {
    const before = times.sample(i - 1);
    const after = times.sample(i);
    if (before === undefined || after === undefined) break;
    const isThere = direction === 1 ? before.offset >= offset : before.offset < offset;
    const quietMs = after.at - before.at;
    if (isThere && quietMs >= minimumMs && after.offset > before.offset) {
      return { offset: before.offset, quietMs, since: before.at };
    }
  }
  return undefined;
}
