// Invariant: pure; a duration is whole units, rounded down, as a stop watch shows it.

/** `mm:ss`, from an hour on `h:mm:ss`; negative (a clock set back) counts as 0. */
export function clockTime(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const pad = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}

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
