// Invariant: pure; one row a stage: mark, name, what it is at, problems, time, in columns that do
// not move while a build runs.
import type { BuildState, StageState } from "../../engine/journal/state.ts";
import type { ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, inverted, rowWidth, shorten, spread, type Cell, type Row } from "./cells.ts";
import { clockTime, since } from "./duration.ts";

/** Times get at least this many cells, so that they stand under each other. */
const timeWidth = 5;

/** The rows of the stages that fit; the selected one is always among them. */
export function stageRows(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  const { build } = model;
  if (build === undefined) return [];
  const top = firstVisible(model, build, height);
  return build.stages
    .slice(top, top + height)
    .map((stage) => stageRow(stage, model, build, theme, width));
}

/** So far down that the selected stage, and with it the running one when following, is in view. */
function firstVisible(model: ConsoleModel, build: BuildState, height: number): number {
  const selected = build.stages.findIndex(({ name }) => name === model.ui.selected);
  const last = Math.max(0, build.stages.length - height);
  // One more stage below the selected one shows where it goes on.
  return Math.max(0, Math.min(last, selected + 2 - height));
}

function stageRow(
  stage: StageState,
  model: ConsoleModel,
  build: BuildState,
  theme: Theme,
  width: number,
): Row {
  const { marks } = theme;
  const isSelected = stage.name === model.ui.selected;
  const attempt = stage.attempts.at(-1);
  const problems = build.problems.filter((problem) => problem.stage === stage.name).length;
  const right: Cell[] = [];
  if (problems > 0) right.push(cell(` ${marks.problem}${problems}`, "failed"));
  const time = timeOf(stage, model.now);
  if (time !== "") {
    right.push(cell(` ${time.padStart(timeWidth)} `, stage.state === "running" ? "plain" : "dim"));
  }
  const left: Row = [
    cell(isSelected ? marks.cursor : " ", "accent"),
    cell(stateMark(stage, model, theme), stage.state),
    cell(" "),
    cell(stage.name, nameTone(stage)),
  ];
  const room = width - rowWidth(left) - rowWidth(right) - 2;
  const detail = detailOf(stage, attempt?.number ?? 0);
  const text = room < 4 || detail === "" ? "" : `  ${shorten(detail, room, marks.ellipsis)}`;
  const row = spread([...left, cell(text, "dim")], right, width, marks.ellipsis);
  return isSelected && model.ui.pane === "stages" ? inverted(row) : row;
}

function nameTone(stage: StageState): Cell["tone"] {
  switch (stage.state) {
    case "running":
      return "strong";
    case "failed":
      return "failed";
    case "interrupted":
      return "interrupted";
    case "pending":
    case "skipped":
      return "dim";
    case "succeeded":
      return "plain";
  }
}

function stateMark(stage: StageState, model: ConsoleModel, theme: Theme): string {
  const { spinner, state } = theme.marks;
  if (stage.state !== "running") return state[stage.state];
  return spinner[model.beat % spinner.length] ?? state.running;
}

function timeOf(stage: StageState, now: number): string {
  const attempt = stage.attempts.at(-1);
  if (attempt === undefined) return "";
  return clockTime(attempt.durationMs ?? since(attempt.startedAt, now));
}

/** What a stage is at, or why it is where it is. */
function detailOf(stage: StageState, attempt: number): string {
  const last = stage.attempts.at(-1);
  switch (stage.state) {
    case "running": {
      const again = attempt > 1 ? `attempt ${attempt} ` : "";
      if (last?.step === undefined) return again.trimEnd();
      const { index, total, name } = last.step;
      // How far it is says something only together with how far it has to go.
      return index === undefined || total === undefined
        ? again + name
        : `${again}${index}/${total} ${name}`;
    }
    case "failed":
      return last?.exitCode === undefined ? (last?.reason ?? "") : `exit ${last.exitCode}`;
    case "interrupted":
      return last?.reason ?? "stopped";
    case "skipped":
      return stage.reasons[0] ?? "up to date";
    case "pending":
    case "succeeded":
      return "";
  }
}
