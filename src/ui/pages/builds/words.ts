// Invariant: pure; what the rows of the builds page call things, always in the same width where
// columns need it.
import type { RunState } from "../../../engine/journal/state.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"].concat([
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
]);

/** Cells of `whenText`. */
export const whenWidth = 12;

/** `Nov 23 10:15` in local time; of another year `Nov 23  2025`. */
export function whenText(iso: string, now: number): string {
  const at = new Date(iso);
  const isThisYear = at.getFullYear() === new Date(now).getFullYear();
  const two = (value: number): string => String(value).padStart(2, "0");
  const tail = isThisYear
    ? `${two(at.getHours())}:${two(at.getMinutes())}`
    : String(at.getFullYear()).padStart(5);
  return `${months[at.getMonth()] ?? "?"} ${String(at.getDate()).padStart(2)} ${tail}`;
}

/** What became of a build, in a word. */
export function resultWord(state: RunState, isNewest: boolean): string {
  switch (state) {
    case "running":
    case "pending":
      // Only the newest can still run; an older one lost its host for good.
      return isNewest ? "running" : "unended";
    case "succeeded":
      return "succeeded";
    case "failed":
      return "failed";
    case "interrupted":
      return "stopped";
    case "skipped":
      return "skipped";
  }
}

/** A share as people read it. */
export function percentText(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.round((part / whole) * 100)} %`;
}
