// Invariant: pure; what stands under the row of a stage is indented by the same cells in every row.
import type { ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, shorten, spread, type Cell, type Row } from "./cells.ts";
import { clockTime } from "../../engine/journal/clock-time.ts";
import { since } from "./duration.ts";
import { formThatFits, shownEstimate } from "./estimate-text.ts";
import { quietText } from "./quiet-text.ts";
import { isSelectedRow, type StepRow, type TreeRow } from "./stage-tree.ts";

const indent = "   ";
/** Times stand under those of the stages. */
const timeWidth = 5;

/** A row of the tree that is not a stage's own. */
export function rowUnderStage(
  row: Exclude<TreeRow, { kind: "stage" }>,
  model: ConsoleModel,
  theme: Theme,
  width: number,
): Row {
  const { marks } = theme;
  switch (row.kind) {
    case "step":
      return stepRow(row, model, theme, width);
    case "note":
      return noteRow(row, model, theme, width);
    case "done":
      return spread(
        [cell(`${indent}${marks.state.succeeded} ${row.count} done`, "dim")],
        [cell(` ${clockTime(row.durationMs).padStart(timeWidth)} `, "dim")],
        width,
        marks.ellipsis,
      );
    case "left":
      return [cell(`${indent}${marks.state.pending} ${row.count} left`, "dim")];
  }
}

function stepRow(row: StepRow, model: ConsoleModel, theme: Theme, width: number): Row {
  const { marks } = theme;
  const isSelected = isSelectedRow(row, model.ui);
  const isRunning = row.state === "running";
  const beat = marks.spinner[model.beat % marks.spinner.length] ?? marks.state.running;
  const time = clockTime(row.durationMs ?? since(row.startedAt, model.now));
  const right: Cell[] = [
    ...(row.problems > 0 ? [cell(` ${marks.problem}${row.problems}`, "failed")] : []),
    cell(` ${time.padStart(timeWidth)} `, isRunning ? "plain" : "dim"),
  ];
  const room = width - indent.length - 2 - right.reduce((sum, { text }) => sum + text.length, 0);
  const left: Row = [
    cell(isSelected ? marks.cursor : " ", "accent"),
    cell(indent.slice(1)),
    cell(isRunning ? beat : marks.state[row.state], row.state),
    cell(" "),
    cell(
      shorten(row.name, Math.max(4, room), marks.ellipsis),
      row.state === "failed" ? "failed" : isRunning ? "plain" : "dim",
    ),
  ];
  return spread(left, right, width, marks.ellipsis);
}

function noteRow(
  { stage, note }: Extract<TreeRow, { kind: "note" }>,
  model: ConsoleModel,
  { marks }: Theme,
  width: number,
): Row {
  const room = width - indent.length - 1;
  if (note === "quiet") {
    const text = quietText(model.facts.quiet, model.now, room);
    return [cell(`${indent}${shorten(text, room, marks.ellipsis)}`, "notice")];
  }
  if (note === "stale") {
    const why = model.facts.stale?.[stage.name] ?? "";
    return [cell(`${indent}${shorten(why, room, marks.ellipsis)}`, "dim")];
  }
  const estimate = shownEstimate(stage, model);
  if (estimate === undefined) return [];
  return [cell(`${indent}${formThatFits(estimate, room) ?? ""}`, estimate.tone)];
}
