// Invariant: pure; a row is text with tones and no escape sequence, and a fitted row is exactly as
// wide as asked for.
import type { RunState } from "../../engine/journal/events.ts";
import type { LogStyle } from "../../engine/logs/style.ts";
import { textWidth } from "../text-width.ts";

/** What a piece of text means. */
export type Tone =
  | "plain"
  | "dim"
  | "strong"
  | "accent"
  | "border"
  | "key"
  | "notice"
  | RunState
  | "log-failure"
  | "log-warning"
  | "log-consequence"
  | "log-cause"
  | "log-follow-on"
  | "hit";

/** A piece of a row. */
export interface Cell {
  readonly text: string;
  readonly tone: Tone;
  /** The look that the build itself gave to its output. */
  readonly style?: LogStyle;
  readonly inverse?: boolean;
  /** Address of the file that the text names (OSC 8). */
  readonly link?: string;
}

export type Row = readonly Cell[];

const printableAscii = /^[\x20-\x7e]*$/;

export function cell(text: string, tone: Tone = "plain"): Cell {
  return { text, tone };
}

/** The words of a row. */
export function rowText(row: Row): string {
  return row.map(({ text }) => text).join("");
}

export function rowWidth(row: Row): number {
  return row.reduce((sum, { text }) => sum + textWidth(text), 0);
}

/** The start of a text, at most `width` cells of it. */
export function clip(text: string, width: number): string {
  if (width <= 0) return "";
  // By far the most text of a build is ASCII.
  if (printableAscii.test(text)) return text.slice(0, width);
  if (textWidth(text) <= width) return text;
  let clipped = "";
  let used = 0;
  for (const character of text) {
    used += textWidth(character);
    if (used > width) break;
    clipped += character;
  }
  return clipped;
}

/** Cut with an ellipsis where it is too long. */
export function shorten(text: string, width: number, ellipsis: string): string {
  if (textWidth(text) <= width) return text;
  return width <= 0 ? "" : clip(text, width - 1) + ellipsis;
}

/** The end of a text, at most `width` cells of it. */
export function clipStart(text: string, width: number): string {
  if (width <= 0) return "";
  if (printableAscii.test(text)) return text.slice(-width);
  let start = text.length;
  let left = width;
  for (const character of Array.from(text).reverse()) {
    left -= textWidth(character);
    if (left < 0) break;
    start -= character.length;
  }
  return text.slice(start);
}

/** The end of a text, for paths: what is cut is the start. */
export function shortenStart(text: string, width: number, ellipsis: string): string {
  if (textWidth(text) <= width) return text;
  return width <= 0 ? "" : ellipsis + clipStart(text, width - 1);
}

/** Exactly `width` cells: cut with an ellipsis, or filled with blanks. */
export function fit(row: Row, width: number, ellipsis: string): Row {
  const total = rowWidth(row);
  if (total === width) return row;
  if (total < width) return [...row, cell(" ".repeat(width - total))];
  const cut: Cell[] = [];
  let left = width - textWidth(ellipsis);
  for (const each of row) {
    const used = textWidth(each.text);
    if (used > left) {
      const text = clip(each.text, left);
      cut.push({ ...each, text: text + " ".repeat(left - textWidth(text)) });
      break;
    }
    cut.push(each);
    left -= used;
  }
  return width <= 0 ? [] : [...cut, cell(ellipsis, "dim")];
}

/** `left` and `right` at the two ends of a row; `left` is cut where both do not fit. */
export function spread(left: Row, right: Row, width: number, ellipsis: string): Row {
  const rightWidth = rowWidth(right);
  if (rightWidth === 0 || rightWidth + 2 > width) return fit(left, width, ellipsis);
  return [...fit(left, width - rightWidth, ellipsis), ...right];
}

/** `left` and `right` (which brings its own blank) with a line drawn between them. */
export function ruled(left: Row, right: Row, width: number, horizontal: string): Row {
  const gap = width - rowWidth(left) - rowWidth(right) - 1;
  if (gap < 1) return fit(left, width, "");
  return [...left, cell(` ${horizontal.repeat(gap)}`, "border"), ...right];
}

/** The row as the selected one. */
export function inverted(row: Row): Row {
  return row.map((each) => ({ ...each, inverse: true }));
}

/** As many rows as asked for, filled up with empty ones. */
export function tall(rows: readonly Row[], height: number): readonly Row[] {
  if (rows.length === height) return rows;
  if (rows.length > height) return rows.slice(0, height);
  return [...rows, ...Array.from({ length: height - rows.length }, (): Row => [])];
}
