// Invariant: pure; a duration is whole seconds, rounded down, as a stop watch shows it, so that it is
// the same wherever it is told.

/** `mm:ss`, from an hour on `h:mm:ss`; negative (a clock set back) counts as 0. */
export function clockTime(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const pad = (value: number): string => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}
