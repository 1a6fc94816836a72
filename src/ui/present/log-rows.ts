// Invariant: pure; the visible lines of the log, each one row, failing ones marked by a sign and not
// by colour alone.
import type { ConsoleModel, LineKind, Piece, ScrollBar, VisibleLine } from "../model.ts";
import type { Theme, Tone } from "../theme.ts";
import { cell, clip, fit, inverted, type Cell, type Row } from "./cells.ts";
import { selectedStage } from "./selection.ts";

const tones: Readonly<Record<LineKind, Tone>> = {
  cause: "log-cause",
  "follow-on": "log-follow-on",
  failure: "log-failure",
  warning: "log-warning",
  consequence: "log-consequence",
};

/** The visible lines of the log, or the sentence that stands in their place. */
export function logRows(model: ConsoleModel, theme: Theme, width: number): readonly Row[] {
  const { log } = model;
  if (log === undefined) {
    return missingLog(model).map((row) => fit(row, width, theme.marks.ellipsis));
  }
  const { bar } = log;
  if (log.filter !== undefined && log.lines.length === 0) {
    return [[], [cell("   No line is shown: the filter hides them all.", "dim")]];
  }
  if (bar === undefined) return log.lines.map((line) => lineRow(line, model, theme, width));
  return bar.marks.map((_, index) => {
    const line = log.lines[index];
    const row = line === undefined ? [] : lineRow(line, model, theme, width - 2);
    return [...fit(row, width - 1, theme.marks.ellipsis), barCell(bar, index, theme)];
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
      return [[], [cell("   Not run:", "dim")], ...reasons];
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
  const { marks } = theme;
  const isCurrent = line.offset === model.log?.cursor;
  const tone = line.kind === undefined ? "plain" : tones[line.kind];
  const gutter = cell(`${signOf(line.kind, theme)}${isCurrent ? marks.cursor : " "}`, tone);
  const time: Row = model.ui.times ? [cell(timeOf(line.time), "dim")] : [];
  const room = width - 2 - (model.ui.times ? timeWidth : 0);
  const body = line.kind === undefined ? styledCells(line) : [cell(line.text, tone)];
  const quiet = line.isContext === true && line.kind === undefined ? dimmed(body) : body;
  const shown = line.isSelected === true ? inverted(body) : quiet;
  const shifted = shift(marked(shown, line.hits ?? []), model.ui.shift);
  return [gutter, ...time, ...cutTo(shifted, room, line.cut, marks.ellipsis)];
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
