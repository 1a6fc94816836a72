// Invariant: pure; a list that goes on beyond its window says so in the last cell of the row where it
// is cut, and no row gets wider by that.
import type { Theme } from "../theme.ts";
import { cell, fit, rowText, rowWidth, type Row } from "./cells.ts";

/** How many rows of a list are not on screen. */
export interface Beyond {
  readonly above: number;
  readonly below: number;
}

/** What a window of `shown` rows from `top` on leaves out of `count`. */
export function beyond(top: number, shown: number, count: number): Beyond {
  return { above: top, below: Math.max(0, count - top - shown) };
}

/** The rows of a window, `width` cells wide, with a mark where the list goes on. */
export function withMoreMarks(
  rows: readonly Row[],
  { above, below }: Beyond,
  width: number,
  { marks }: Pick<Theme, "marks">,
): readonly Row[] {
  if (above === 0 && below === 0) return rows;
  return rows.map((row, index) => {
    const isLast = index === rows.length - 1;
    const mark = isLast && below > 0 ? marks.below : index === 0 && above > 0 ? marks.above : "";
    if (mark === "") return row;
    const isInverse = row.at(-1)?.inverse === true;
    const sign = cell(mark, "dim");
    // A blank in the last cell can go without a sign that something was cut.
    const isCut = rowWidth(row) >= width && !rowText(row).endsWith(" ");
    const rest = fit(row, width - 1, isCut ? marks.ellipsis : "");
    return [...rest, isInverse ? { ...sign, inverse: true } : sign];
  });
}
