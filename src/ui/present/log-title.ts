// Invariant: pure; one row: whose log it is, where in it the view stands, whether it is followed.
import type { ConsoleModel, LogView, VisibleLine } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, fit, rowWidth, ruled, spread, type Cell, type Row } from "./cells.ts";
import { keyIn } from "./hints.ts";
import { selectedStage } from "./selection.ts";

/**
 * Whose log it is, and where in it the view stands.
 *
 * @param shown the lines of it on screen
 * @param line draw a line to the right end: the log stands under something else
 */
export function logTitle(
  model: ConsoleModel,
  shown: readonly VisibleLine[],
  theme: Theme,
  width: number,
  line = false,
): Row {
  const { log, ui } = model;
  const { marks } = theme;
  const name = log?.stage ?? ui.selected ?? "";
  const left: Cell[] = [cell(" "), cell(name, ui.pane === "log" ? "running" : "strong")];
  if (log === undefined)
    return line ? ruled(left, [], width, marks.horizontal) : fit(left, width, marks.ellipsis);
  if (!log.own) left.push(cell(`  ${shortName(log)}`, "accent"));
  if (log.attempts > 1) left.push(cell(`  attempt ${log.attempt}/${log.attempts}`, "dim"));
  const right = followWord(model, log);
  const problem: Row =
    log.problem === undefined
      ? []
      : [cell(`  problem ${log.problem.at}/${log.problem.count}`, "failed")];
  const room = width - rowWidth([...left, ...problem, ...right]) - 2;
  // No number is cut: it would be another one.
  const place = positions(log, shown).find(({ length }) => length <= room);
  if (place !== undefined) left.push(cell(`  ${place}`, "dim"));
  left.push(...problem);
  const other = otherLogs(model, log);
  if (rowWidth([...left, ...right]) + other.length + 2 <= width) left.push(cell(other, "dim"));
  return line
    ? ruled(left, right, width, marks.horizontal)
    : spread(left, right, width, marks.ellipsis);
}

/** The key that turns to the other logs of the attempt, where there are some. */
function otherLogs({ ui, keymap }: ConsoleModel, { others = 0 }: LogView): string {
  const key = keyIn(ui.screen, "other-log", keymap);
  return others === 0 || key === undefined ? "" : `  ${key}: other ${others > 1 ? "logs" : "log"}`;
}

/** A further log without the stage and attempt that its kept name begins with. */
function shortName({ file, stage, attempt }: LogView): string {
  const prefix = `${stage.replaceAll("/", "+")}.${attempt}.`;
  return file.startsWith(prefix) ? file.slice(prefix.length) : file;
}

/** Where in the log the view stands, the longest form first. */
function positions(log: LogView, shown: readonly VisibleLine[]): readonly string[] {
  const first = shown[0]?.number;
  const last = shown.at(-1)?.number;
  const indexing = log.indexing === undefined ? "" : `indexing ${Math.floor(log.indexing * 100)} %`;
  if (log.total === 0 && indexing === "") return ["no output yet"];
  if (first === undefined || last === undefined) return [indexing || `${log.total} lines`];
  const lines = `${first}-${last}`;
  return indexing === ""
    ? [`${lines} of ${log.total}`, lines]
    : [`${lines}  ${indexing}`, indexing];
}

function followWord(model: ConsoleModel, log: LogView): Row {
  const stage = selectedStage(model);
  const isLive = stage?.state === "running" && log.attempt === log.attempts;
  // Nothing comes any more: there is neither following nor pausing.
  if (!isLive) return [];
  if (model.ui.follow) return [cell(" following ", "running")];
  if (log.fresh === 0) return [cell(" paused ", "notice")];
  return [cell(` paused, +${log.fresh} new ${log.fresh === 1 ? "line" : "lines"} `, "notice")];
}
