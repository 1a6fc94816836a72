// Invariant: pure; the title of the log and its visible lines, each one row, failing ones marked
// by a sign and not by colour alone.
import type { ConsoleModel, LogView, VisibleLine } from "../model.ts";
import type { Theme, Tone } from "../theme.ts";
import { cell, clip, fit, ruled, spread, type Cell, type Row } from "./cells.ts";
import { selectedStage } from "./selection.ts";

const tones = {
  failure: "log-failure",
  warning: "log-warning",
  consequence: "log-consequence",
} as const satisfies Record<string, Tone>;

/**
 * Whose log it is, and where in it the view stands.
 *
 * @param line draw a line to the right end: the log stands under something else
 */
export function logTitle(model: ConsoleModel, theme: Theme, width: number, line = false): Row {
  const { log, ui } = model;
  const { marks } = theme;
  const name = log?.stage ?? ui.selected ?? "";
  const focused = ui.pane === "log" || ui.wide;
  const left: Cell[] = [cell(" "), cell(name, focused ? "running" : "strong")];
  if (log === undefined)
    return line ? ruled(left, [], width, marks.horizontal) : fit(left, width, marks.ellipsis);
  if (!log.own) left.push(cell(`  ${shortName(log)}`, "accent"));
  if (log.attempts > 1) left.push(cell(`  attempt ${log.attempt}/${log.attempts}`, "dim"));
  left.push(cell(`  ${position(log)}`, "dim"));
  const right = followWord(model, log);
  return line
    ? ruled(left, right, width, marks.horizontal)
    : spread(left, right, width, marks.ellipsis);
}

/** A further log without the stage and attempt that its kept name begins with. */
function shortName({ file, stage, attempt }: LogView): string {
  const prefix = `${stage.replaceAll("/", "+")}.${attempt}.`;
  return file.startsWith(prefix) ? file.slice(prefix.length) : file;
}

function position(log: LogView): string {
  const first = log.lines[0]?.number;
  const last = log.lines.at(-1)?.number;
  if (log.total === 0) return "no output yet";
  if (log.indexing !== undefined) return `indexing ${Math.floor(log.indexing * 100)} %`;
  if (first === undefined || last === undefined) return `${log.total} lines`;
  return `${first}-${last} of ${log.total}`;
}

function followWord(model: ConsoleModel, log: LogView): Row {
  const isLive = selectedStage(model)?.state === "running";
  if (model.ui.follow) return isLive ? [cell(" following ", "running")] : [];
  if (log.fresh > 0) {
    return [cell(` paused, +${log.fresh} new ${log.fresh === 1 ? "line" : "lines"} `, "notice")];
  }
  return isLive ? [cell(" paused ", "notice")] : [];
}

/** The visible lines of the log, or the sentence that stands in their place. */
export function logRows(model: ConsoleModel, theme: Theme, width: number): readonly Row[] {
  const { log } = model;
  if (log !== undefined) return log.lines.map((line) => lineRow(line, model, theme, width));
  return missingLog(model).map((row) => fit(row, width, theme.marks.ellipsis));
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
      return [[], [cell("   Its log cannot be read (yet).", "dim")]];
  }
}

function lineRow(line: VisibleLine, model: ConsoleModel, theme: Theme, width: number): Row {
  const { marks } = theme;
  const isCurrent = line.number !== undefined && line.number === model.log?.current;
  const tone = line.kind === undefined ? "plain" : tones[line.kind];
  const sign =
    line.kind === "failure" ? marks.logFailure : line.kind === "warning" ? marks.logWarning : " ";
  const gutter = cell(`${sign}${isCurrent ? marks.cursor : " "}`, tone);
  const room = width - 2;
  const body = line.kind === undefined ? styledCells(line) : [cell(line.text, tone)];
  const shifted = shift(body, model.ui.shift);
  return [gutter, ...cutTo(shifted, room, line.cut, marks.ellipsis)];
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
