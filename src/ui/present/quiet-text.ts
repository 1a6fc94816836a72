// Invariant: pure; quiet is what is said of a stage without output, not that it hangs.
import type { Quiet } from "../model.ts";
import { textWidth } from "../text-width.ts";
import { clockTime } from "../../engine/journal/clock-time.ts";

/**
 * `quiet 04:10: gcc ... foo.c (04:08)`: since when, what is waited for, and how old that is; where
 * there is no room for the age, it goes first.
 */
export function quietText(quiet: Quiet | undefined, now: number, room = Infinity): string {
  if (quiet === undefined) return "";
  const { child } = quiet;
  const since = `quiet ${clockTime(now - quiet.since)}`;
  if (child === undefined) return since;
  const waits = `${since}: ${child.command}`;
  const whole = `${waits} (${clockTime(now - child.startedAt)})`;
  return textWidth(whole) <= room ? whole : waits;
}
