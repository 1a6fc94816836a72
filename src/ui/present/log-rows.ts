// Invariant: pure; the visible lines of the log, failing ones marked by a sign and not by colour
// alone. A line has one row; beside the stages the one at the cursor has as many as it needs.
import type { ConsoleModel, LineKind, Piece, ScrollBar, VisibleLine } from "../model.ts";
import type { Theme } from "../theme.ts";
import { textWidth } from "../text-width.ts";
import { cell, type Cell, clip, fit, inverted, type Row, type Tone } from "./cells.ts";
import { linePieces } from "./line-pieces.ts";
import { selectedStage } from "./selection.ts";
import { wrapped } from "./wrapped.ts";

const tones: Readonly<Record<LineKind, Tone>> = {
  cause: "log-cause",
  "follow-on": "log-follow-on",
  failure: "log-failure",
  warning: "log-warning",
  consequence: "log-consequence",
};

/** The rows of a log, and the lines that they are of. */
export interface LogRows {
  readonly rows: readonly Row[];
  /** Empty where a sentence stands in the place of the log. */
  readonly lines: readonly ShownLine[];
}

/** A line and the rows that it has. */
export interface ShownLine {
  readonly line: VisibleLine;
  readonly rows: readonly Row[];
}

/** The visible lines of the log in `height` rows, or the sentence that stands in their place. */
export function logRows(model: ConsoleModel, theme: Theme, width: number, height: number): LogRows {
  const { log } = model;
  if (log === undefined) {
    return sentence(missingLog(model).map((row) => fit(row, width, theme.marks.ellipsis)));
  }
  const { bar } = log;
  if (log.filter !== undefined && log.lines.length === 0) {
    return sentence([[], [cell("   No line is shown: the filter hides them all.", "dim")]]);
  }
  if (bar === undefined) {
    const lines = fitting(model, theme, width, height);
    return { rows: lines.flatMap((each) => each.rows), lines };
  }
  const lines = log.lines.map((line) => ({
    line,
    rows: [lineRow(line, model, theme, width - 2)],
  }));
  const rows = bar.marks.map((_, index) => {
    const row = lines[index]?.rows[0] ?? [];
    return [...fit(row, width - 1, theme.marks.ellipsis), barCell(bar, index, theme)];
  });
  return { rows, lines };
}

function sentence(rows: readonly Row[]): LogRows {
  return { rows, lines: [] };
}

/** Rows that the line at the cursor, and those of a cause, have at most. */
const mostRows = 3;

/** The lines that fit when some of them have several rows: those around the cursor, or the last. */
function fitting(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
): readonly ShownLine[] {
  const { log, ui } = model;
  const all = (log?.lines ?? []).map((line): ShownLine => {
    const isRead = line.kind === "cause" || line.offset === log?.cursor;
    const isWhole = isRead && ui.shift === 0 && height > mostRows;
    return {
      line,
      rows: isWhole ? wholeRows(line, model, theme, width) : [lineRow(line, model, theme, width)],
    };
  });
  const at = all.findIndex(({ line }) => line.offset === log?.cursor);
  const kept = at === -1 ? all.length - 1 : at;
  let [first, last] = [0, all.length];
  let used = all.reduce((sum, { rows }) => sum + rows.length, 0);
  while (used > height && last - first > 1) {
    const isAbove = kept - first > last - 1 - kept;
    used -= all[isAbove ? first++ : --last]?.rows.length ?? 0;
  }
  return all.slice(first, last);
}

/** A line in as many rows as it needs, up to a few; the rest of it is shortened. */
export function wholeRows(
  line: VisibleLine,
  model: Pick<ConsoleModel, "log" | "ui">,
  theme: Theme,
  width: number,
): readonly Row[] {
  const parts = wrapped(line.text, Math.max(8, width - 2 - (model.ui.times ? timeWidth : 0)));
  if (parts.length === 1) return [lineRow(line, model, theme, width)];
  let from = 0;
  return parts.slice(0, mostRows).map((part, index) => {
    const start = line.text.indexOf(part, from);
    const isLast = index === mostRows - 1;
    const end = isLast ? line.text.length : start + part.length;
    from = end;
    return partRow(line, { start, end }, index === 0, model, theme, width);
  });
}

/** One row of the scroll bar. */
function barCell(bar: ScrollBar, row: number, { marks }: Theme): Cell {
  const isThumb = row >= bar.from && row <= bar.to;
  switch (bar.marks[row]) {
    case "problem":
      return { ...cell(marks.problem, "failed"), inverse: isThumb };
    case "hit":
      return { ...cell(marks.hit, "notice"), inverse: isThumb };
    case undefined:
      return isThumb ? cell(marks.thumb, "accent") : cell(marks.track, "border");
  }
}

/** What stands in the place of a log that is not there. */
function missingLog(model: ConsoleModel): readonly Row[] {
  const stage = selectedStage(model);
  if (stage === undefined) return [];
  const reasons = stage.reasons.map((reason) => [cell(`   ${reason}`, "dim")]);
  switch (stage.state) {
    case "skipped":
      return reasons.length === 0
        ? [[], [cell("   Up to date, so it was not run.", "dim")]]
        : [[], [cell("   Not run:", "dim")], ...reasons];
    case "pending":
      return [[], [cell("   Waits for its turn. It will run because:", "dim")], ...reasons];
    case "running":
    case "succeeded":
    case "failed":
    case "interrupted":
      return [[], [cell(`   ${unreadable(model)}`, "dim")]];
  }
}

function unreadable({ past }: ConsoleModel): string {
  return past === undefined
    ? "Its log cannot be read (yet)."
    : "Its log is not there any more; its time and problems are kept.";
}

/** One line of the log in at most `width` cells. */
export function lineRow(
  line: VisibleLine,
  model: Pick<ConsoleModel, "log" | "ui">,
  theme: Theme,
  width: number,
): Row {
  return partRow(line, { start: 0, end: line.text.length }, true, model, theme, width);
}

/** A part of a line; signs and time stand before the first one. */
function partRow(
  line: VisibleLine,
  part: Piece,
  isFirst: boolean,
  { log, ui }: Pick<ConsoleModel, "log" | "ui">,
  theme: Theme,
  width: number,
): Row {
  const { marks } = theme;
  const isCurrent = line.offset === log?.cursor;
  const tone = line.kind === undefined ? "plain" : tones[line.kind];
  const signs = `${signOf(line.kind, theme)}${isCurrent ? marks.cursor : " "}`;
  const gutter = cell(isFirst ? signs : "  ", tone);
  const time: Row = ui.times ? [cell(timeOf(isFirst ? line.time : undefined), "dim")] : [];
  const room = width - 2 - (ui.times ? timeWidth : 0);
  const body = line.kind === undefined ? styledCells(line) : [cell(line.text, tone)];
  const quiet = line.isContext === true && line.kind === undefined ? dimmed(body) : body;
  const shown = line.isSelected === true ? inverted(body) : quiet;
  const whole = sliced(marked(shown, line.hits ?? []), part);
  if (ui.shift > 0) {
    return [gutter, ...time, ...cutTo(shift(whole, ui.shift), room, line.cut, marks.ellipsis)];
  }
  const text = line.text.slice(part.start, part.end);
  if (textWidth(text) <= room)
    return [gutter, ...time, ...cutTo(whole, room, line.cut, marks.ellipsis)];
  const hits = (line.hits ?? line.passed ?? []).map(({ start, end }) => ({
    start: start - part.start,
    end: end - part.start,
  }));
  const kind = isFirst ? line.kind : undefined;
  const pieces = linePieces({ text, kind, cut: line.cut, hits }, room);
  return [gutter, ...time, ...inPieces(whole, text.length, pieces, line.cut, marks.ellipsis)];
}

/** The pieces of a row, with an ellipsis for each part that is left out. */
function inPieces(
  row: Row,
  length: number,
  pieces: readonly Piece[],
  isCut: boolean,
  ellipsis: string,
): Row {
  const gap = cell(ellipsis, "dim");
  let from = 0;
  const cells = pieces.flatMap((piece): Row => {
    const isGap = piece.start > from;
    from = piece.end;
    return [...(isGap ? [gap] : []), ...sliced(row, piece)];
  });
  return from < length || isCut ? [...cells, gap] : cells;
}

/** A part of a row, counted in characters. */
function sliced(row: Row, { start, end }: Piece): Row {
  let at = 0;
  return row.flatMap((each) => {
    const from = at;
    at += each.text.length;
    const text = each.text.slice(Math.max(0, start - from), Math.max(0, end - from));
    return text === "" ? [] : [{ ...each, text }];
  });
}

function signOf(kind: LineKind | undefined, { marks }: Theme): string {
  if (kind === "failure" || kind === "cause") return marks.logFailure;
  return kind === "warning" ? marks.logWarning : " ";
}

const timeWidth = 9;

/** When a line was received, in this place's time of day. */
function timeOf(time: number | undefined): string {
  if (time === undefined) return " ".repeat(timeWidth);
  const pad = (value: number): string => String(value).padStart(2, "0");
  const at = new Date(time);
  return `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())} `;
}

/** The line with the colours that the build gave it. */
function styledCells(line: VisibleLine): Row {
  const cells: Cell[] = [];
  let at = 0;
  for (const { start, end, style } of line.spans) {
    if (start > at) cells.push(cell(line.text.slice(at, start)));
    cells.push({ text: line.text.slice(start, end), tone: "plain", style });
    at = end;
  }
  if (at < line.text.length) cells.push(cell(line.text.slice(at)));
  return cells;
}

function dimmed(row: Row): Row {
  return row.map((each) => (each.style === undefined ? { ...each, tone: "dim" } : each));
}

/** The row with the pieces that match made to stand out. */
function marked(row: Row, hits: readonly Piece[]): Row {
  if (hits.length === 0) return row;
  let from = 0;
  return row.flatMap((each) => {
    const start = from;
    from += each.text.length;
    const cells: Cell[] = [];
    let at = 0;
    for (const hit of hits) {
      const first = Math.max(at, hit.start - start);
      const last = Math.min(each.text.length, hit.end - start);
      if (last <= first) continue;
      if (first > at) cells.push({ ...each, text: each.text.slice(at, first) });
      cells.push(cell(each.text.slice(first, last), "hit"));
      at = last;
    }
    if (at < each.text.length) cells.push({ ...each, text: each.text.slice(at) });
    return cells;
  });
}

function shift(row: Row, columns: number): Row {
  let left = columns;
  return row.map((each) => {
    const dropped = clip(each.text, left);
    left = Math.max(0, left - dropped.length);
    return { ...each, text: each.text.slice(dropped.length) };
  });
}

/** At most `width` cells; not filled up, so that short lines cost nothing to draw. */
function cutTo(row: Row, width: number, isCut: boolean, ellipsis: string): Row {
  const fitted = fit(row, width, ellipsis);
  const isFilled = fitted.length > row.length && fitted.at(-1)?.text.trim() === "";
  const kept = isFilled ? row : fitted;
  return isCut && isFilled ? [...kept, cell(ellipsis, "dim")] : kept;
}
