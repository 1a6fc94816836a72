// Invariant: pure; a bar is never longer than its room, and what is more than nothing shows.
/** Lines, not blocks: bars of neighbouring rows stay apart. */
const line = { whole: "━", half: "╸" };
const levels = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const asciiLevels = ["_", ".", ":", "-", "=", "+", "*", "#"];

/** A bar for a share of 0 to 1 in `width` cells, without filling blanks. */
export function bar(share: number, width: number, ascii: boolean): string {
  const cells = Math.max(0, Math.min(1, share)) * width;
  if (width <= 0 || share <= 0) return "";
  if (ascii) return "#".repeat(Math.max(1, Math.round(cells)));
  const whole = Math.floor(cells);
  const hasHalf = whole < width && (whole === 0 || cells - whole >= 0.5);
  return line.whole.repeat(whole) + (hasHalf ? line.half : "");
}

/** A row of columns, one a value between `least` and `most` of them; the last `width` values. */
export function spark(values: readonly number[], width: number, ascii: boolean): string {
  const shown = width <= 0 ? [] : values.slice(-width);
  const least = Math.min(...shown);
  const span = Math.max(...shown) - least;
  const marks = ascii ? asciiLevels : levels;
  return shown
    .map((value) => {
      const level = span === 0 ? 3 : Math.round(((value - least) / span) * (marks.length - 1));
      return marks[level] ?? "";
    })
    .join("");
}
