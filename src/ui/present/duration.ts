// Invariant: pure; a duration is whole units, rounded down.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `just now`, `12 min ago`, `3 h ago`, `2 days ago`. */
export function agoText(milliseconds: number): string {
  if (milliseconds < minute) return "just now";
  if (milliseconds < hour) return `${Math.floor(milliseconds / minute)} min ago`;
  if (milliseconds < 2 * day) return `${Math.floor(milliseconds / hour)} h ago`;
  return `${Math.floor(milliseconds / day)} days ago`;
}

/** Milliseconds from an ISO 8601 time to `now` (milliseconds of the epoch). */
export function since(iso: string, now: number): number {
  return Math.max(0, now - Date.parse(iso));
}
