// Invariant: pure; quiet is what is said of a stage without output, not that it hangs.
import type { Quiet } from "../model.ts";
import { clockTime } from "./duration.ts";

/** `quiet 04:10: gcc ... foo.c (04:08)`: since when, what is waited for, and how old that is. */
export function quietText(quiet: Quiet | undefined, now: number): string {
  if (quiet === undefined) return "";
  const { child } = quiet;
  const waits =
    child === undefined ? "" : `: ${child.command} (${clockTime(now - child.startedAt)})`;
  return `quiet ${clockTime(now - quiet.since)}${waits}`;
}
