// Invariant: pure; one row a stage: mark, name, what it is at, problems, time, estimate, in columns
// that do not move while a build runs. Whatever is selected, what runs is among the rows.
import type { BuildState, StageState } from "../../engine/journal/state.ts";
import type { ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, fit, inverted, rowWidth, shorten, spread, type Cell, type Row } from "./cells.ts";
import { clockTime } from "../../engine/journal/clock-time.ts";
import { since } from "./duration.ts";
import { formThatFits, shownEstimate } from "./estimate-text.ts";
import { beyond, withMoreMarks } from "./more-marks.ts";
import { quietText } from "./quiet-text.ts";
import { isSelectedRow, stageTree, type TreeRow } from "./stage-tree.ts";
import { rowUnderStage } from "./step-rows.ts";

/** Times get at least this many cells, so that they stand under each other. */
const timeWidth = 5;
/** `no estimate (first update)`, and a blank at both ends. */
const estimateWidth = 28;
/** From this width on estimates have a column. */
const wideFrom = 60;

/** True where the rows of stages have a column for estimates. */
export function hasEstimateColumn(width: number): boolean {
  return width >= wideFrom;
}

/** The rows of the stages and their steps that fit. */
export function stageRows(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  const { build } = model;
  if (build === undefined) return [];
  const tree = stageTree(model, { height, isWide: hasEstimateColumn(width) });
  const { visible, top } = visibleRows(tree, model, height);
  const rows = visible.map((row) => {
    const isSelected = isSelectedRow(row, model.ui) && model.ui.pane === "stages";
    const drawn =
      row.kind === "stage"
        ? stageRow(row.stage, model, build, theme, width, under(tree, row.stage))
        : underStage(row, model, theme, width);
    return isSelected ? inverted(drawn) : drawn;
  });
  return withMoreMarks(rows, beyond(top, height, tree.length), width, theme);
}

/**
 * So far down that the selected row is in view with one after it; where the running stage then is
 * not, its row stands at the edge that it is beyond.
 */
function visibleRows(
  tree: readonly TreeRow[],
  model: ConsoleModel,
  height: number,
): { readonly visible: readonly TreeRow[]; readonly top: number } {
  const selected = tree.findIndex((row) => isSelectedRow(row, model.ui));
  const running = tree.findIndex(
    ({ kind, stage }) => kind === "stage" && stage.state === "running",
  );
  const last = Math.max(0, tree.length - height);
  const wanted = Math.max(0, Math.min(last, selected + 2 - height));
  const isAbove = running !== -1 && running < wanted;
  // The first row is the running stage's then, so that the selected one has to be further down.
  const top = isAbove && selected === wanted ? wanted - 1 : wanted;
  const rows = tree.slice(top, top + height);
  const row = tree[running];
  if (row === undefined || height < 2 || rows.includes(row)) return { visible: rows, top };
  return { visible: isAbove ? [row, ...rows.slice(1)] : [...rows.slice(0, -1), row], top };
}

/** Steps have no estimate: where that has a column, theirs stays empty. */
function underStage(
  row: Exclude<TreeRow, { kind: "stage" }>,
  model: ConsoleModel,
  theme: Theme,
  width: number,
): Row {
  if (!hasEstimateColumn(width)) return rowUnderStage(row, model, theme, width);
  const room = row.kind === "note" ? width : width - estimateWidth;
  return fit(rowUnderStage(row, model, theme, room), width, theme.marks.ellipsis);
}

/** What stands in rows under a stage, and is not said in its own row then. */
interface Under {
  readonly steps: boolean;
  readonly quiet: boolean;
  readonly stale: boolean;
}

function under(tree: readonly TreeRow[], stage: StageState): Under {
  const rows = tree.filter((row) => row.stage === stage);
  return {
    steps: rows.some(({ kind }) => kind === "step"),
    quiet: rows.some((row) => row.kind === "note" && row.note === "quiet"),
    stale: rows.some((row) => row.kind === "note" && row.note === "stale"),
  };
}

function stageRow(
  stage: StageState,
  model: ConsoleModel,
  build: BuildState,
  theme: Theme,
  width: number,
  below: Under,
): Row {
  const { marks } = theme;
  const problems = build.problems.filter((problem) => problem.stage === stage.name).length;
  const isStale = model.facts.stale?.[stage.name] !== undefined;
  const left: Row = [
    cell(isSelectedRow({ kind: "stage", stage }, model.ui) ? marks.cursor : " ", "accent"),
    cell(stateMark(stage, model, theme), markTone(stage, isStale)),
    cell(" "),
    cell(stage.name, nameTone(stage)),
  ];
  const count: Row = problems > 0 ? [cell(` ${marks.problem}${problems}`, "failed")] : [];
  const time = timeOf(stage, model.now);
  const timeCell = cell(
    ` ${time.padStart(timeWidth)} `,
    stage.state === "running" ? "plain" : "dim",
  );
  const timed: Row = time === "" ? [] : [timeCell];
  const room = width - rowWidth(left) - rowWidth(count) - 2;
  const right: Row = [...count, ...withEstimate(stage, model, timed, width, room)];
  const free = width - rowWidth(left) - rowWidth(right) - 2;
  const stale = model.facts.stale?.[stage.name];
  const detail =
    stale === undefined ? detailOf(stage, model, below) : below.stale ? "stale" : `stale: ${stale}`;
  const text = free < 4 || detail === "" ? "" : `  ${shorten(detail, free, marks.ellipsis)}`;
  const tone = stale === undefined ? "dim" : "notice";
  return spread([...left, cell(text, tone)], right, width, marks.ellipsis);
}

/** The time with the estimate behind it, or in its place where a stage has no time yet. */
function withEstimate(
  stage: StageState,
  model: ConsoleModel,
  timed: Row,
  width: number,
  room: number,
): Row {
  const estimate = shownEstimate(stage, model);
  if (hasEstimateColumn(width)) {
    const text = estimate === undefined ? "" : (formThatFits(estimate, estimateWidth - 2) ?? "");
    const time = timed.length > 0 ? timed : [cell(" ".repeat(timeWidth + 2))];
    return [...time, cell(` ${text}`.padEnd(estimateWidth), estimate?.tone ?? "dim")];
  }
  if (estimate === undefined || timed.length > 0) return timed;
  const text = formThatFits(estimate, room - 1);
  return text === undefined ? [] : [cell(` ${text} `, estimate.tone)];
}

/** What succeeded once, but has to be built again, is not to look done. */
function markTone({ state }: StageState, isStale: boolean): Cell["tone"] {
  return isStale && (state === "succeeded" || state === "skipped") ? "dim" : state;
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
function detailOf(stage: StageState, { facts, now }: ConsoleModel, below: Under): string {
  const last = stage.attempts.at(-1);
  switch (stage.state) {
    case "running": {
      const again = stage.attempts.length > 1 ? `attempt ${stage.attempts.length} ` : "";
      if (facts.quiet?.stage === stage.name && !below.quiet) {
        return again + quietText(facts.quiet, now);
      }
      if (last?.step === undefined) return again.trimEnd();
      const { index, total, name } = last.step;
      // How far it is says something only together with how far it has to go.
      if (index === undefined || total === undefined) return again + (below.steps ? "" : name);
      return `${again}${index}/${total}${below.steps ? "" : ` ${name}`}`;
    }
    case "failed":
      return last?.exitCode === undefined ? (last?.reason ?? "") : `exit ${last.exitCode}`;
    case "interrupted":
      return last?.reason ?? "stopped";
    case "skipped":
      return stage.planned ? `not run: ${stage.reasons[0] ?? ""}` : "up to date";
    case "succeeded":
      return below.steps || (last?.trail?.length ?? 0) < 2
        ? ""
        : `${last?.trail?.length ?? 0} steps`;
    case "pending":
      return "";
  }
}
