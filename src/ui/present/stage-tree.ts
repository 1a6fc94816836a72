// Invariant: pure; every stage has exactly one row in the tree, and its steps stand under it: all of
// them where it was opened, none where it was closed, else the few that matter now.
import type { Attempt, BuildState, RunState, StageState } from "../../engine/journal/state.ts";
import type { ConsoleModel } from "../model.ts";
import { tellsEstimate } from "./estimate-text.ts";

/** A sub-step of the latest attempt at a stage: a component, a phase, a project. */
export interface StepRow {
  readonly kind: "step";
  readonly stage: StageState;
  /** Place in the trail of the attempt, 0-based. */
  readonly index: number;
  readonly name: string;
  readonly state: RunState;
  readonly startedAt: string;
  /** Absent while it runs. */
  readonly durationMs?: number;
  readonly problems: number;
}

/** A row of the tree. Those of stages and steps can be selected. */
export type TreeRow =
  | { readonly kind: "stage"; readonly stage: StageState }
  /** What is expected of the running stage, how long it has been quiet, or why it became stale. */
  | {
      readonly kind: "note";
      readonly stage: StageState;
      readonly note: "estimate" | "quiet" | "stale";
    }
  /** Steps that are over and not shown one by one. */
  | {
      readonly kind: "done";
      readonly stage: StageState;
      readonly count: number;
      readonly durationMs: number;
    }
  | StepRow
  /** Steps that are still to come. */
  | { readonly kind: "left"; readonly stage: StageState; readonly count: number };

/** Room for the tree. */
export interface TreeRoom {
  readonly height: number;
  /** Rows of stages have a column of their own for estimates. */
  readonly isWide: boolean;
}

type TreeModel = Pick<ConsoleModel, "build" | "ui" | "facts">;

/** Steps that are over and are shown where the tree opens a stage by itself. */
const recentSteps = 2;
/** Failed steps that are shown there. */
const failedSteps = 3;

/** The tree of a build, from top to bottom. */
export function stageTree(model: TreeModel, room: TreeRoom): readonly TreeRow[] {
  const { build } = model;
  if (build === undefined) return [];
  let spare = Math.max(0, room.height - build.stages.length);
  return build.stages.flatMap((stage): readonly TreeRow[] => {
    const notes = notesOf(stage, model, room).slice(0, spare);
    const steps = stepRows(stage, model, build, spare - notes.length);
    spare = Math.max(0, spare - notes.length - steps.length);
    return [{ kind: "stage", stage }, ...notes, ...steps];
  });
}

/** True for rows that the keys for up and down stop at. */
export function isSelectable(row: TreeRow): row is StepRow | (TreeRow & { kind: "stage" }) {
  return row.kind === "stage" || row.kind === "step";
}

/** True for the row that is selected. */
export function isSelectedRow(row: TreeRow, { selected, step }: TreeModel["ui"]): boolean {
  if (row.stage.name !== selected) return false;
  return row.kind === "step" ? row.index === step : row.kind === "stage" && step === undefined;
}

function notesOf(stage: StageState, model: TreeModel, { isWide }: TreeRoom): TreeRow[] {
  const { facts } = model;
  if (facts.stale?.[stage.name] !== undefined) {
    return [{ kind: "note", stage, note: "stale" }];
  }
  if (stage.state !== "running") return [];
  const quiet: TreeRow = { kind: "note", stage, note: "quiet" };
  const estimate: TreeRow = { kind: "note", stage, note: "estimate" };
  return [
    ...(facts.quiet?.stage === stage.name ? [quiet] : []),
    ...(!isWide && tellsEstimate(stage, model) ? [estimate] : []),
  ];
}

function stepRows(
  stage: StageState,
  { ui }: TreeModel,
  build: BuildState,
  spare: number,
): readonly TreeRow[] {
  const isOpen = ui.opened[stage.name];
  const attempt = stage.attempts.at(-1);
  if (attempt === undefined || isOpen === false) return [];
  const steps = stepsOf(stage, attempt, build);
  const left = leftRow(stage, attempt);
  if (isOpen === true) return [...steps, ...left];
  const selected = stage.name === ui.selected ? ui.step : undefined;
  return briefRows(stage, steps, left, selected, spare);
}

/** What the tree shows by itself: what runs or failed, what came just before, and how many more. */
function briefRows(
  stage: StageState,
  steps: readonly StepRow[],
  left: readonly TreeRow[],
  selected: number | undefined,
  spare: number,
): readonly TreeRow[] {
  const isShown = stage.state === "running" || stage.state === "failed";
  // In a low terminal the row of the stage itself names the step.
  if (!isShown || steps.length < 2 || spare < 2) {
    return steps.filter(({ index }) => index === selected);
  }
  const failed = steps.filter(({ state }) => state === "failed").slice(0, failedSteps);
  const recent = steps.slice(-1 - Math.min(recentSteps, Math.max(0, spare - 3)));
  const wanted = stage.state === "running" ? [...failed, ...recent] : failed;
  const shown = steps.filter((step) => wanted.includes(step) || step.index === selected);
  const first = shown[0]?.index ?? 0;
  const before = steps.slice(0, first);
  const room = spare - shown.length - left.length;
  const done: TreeRow = {
    kind: "done",
    stage,
    count: before.length,
    durationMs: before.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0),
  };
  const rows = [...(before.length > 0 && room > 0 ? [done] : []), ...shown, ...left];
  return stage.state === "running" && rows.length <= spare ? rows : shown.slice(-spare);
}

/** All steps of an attempt that have begun. */
export function stepsOf(stage: StageState, attempt: Attempt, build: BuildState): StepRow[] {
  const trail = attempt.trail ?? [];
  const problems = build.problems.filter(
    (problem) => problem.stage === stage.name && problem.attempt === attempt.number,
  );
  const isNamed = trail.some(({ step }) =>
    problems.some(({ component }) => component === step.name),
  );
  return trail.map(({ step, startedAt }, index) => {
    const end = trail[index + 1]?.startedAt ?? attempt.endedAt;
    const own = problems.filter(({ component }) => component === step.name).length;
    const isLast = index === trail.length - 1;
    const last = isLast && (!isNamed || attempt.state === "running") ? attempt.state : "succeeded";
    return {
      kind: "step",
      stage,
      index,
      name: step.name,
      state: own > 0 && last !== "running" ? "failed" : last,
      startedAt,
      ...(end === undefined
        ? {}
        : { durationMs: Math.max(0, Date.parse(end) - Date.parse(startedAt)) }),
      problems: own,
    };
  });
}

function leftRow(stage: StageState, { step }: Attempt): readonly TreeRow[] {
  const { index, total } = step ?? {};
  if (stage.state !== "running" || index === undefined || total === undefined) return [];
  return total > index ? [{ kind: "left", stage, count: total - index }] : [];
}
