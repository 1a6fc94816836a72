// Invariant: pure; says which stage the view is about, from the build and what was chosen.
import type { BuildState, StageState } from "../../engine/journal/state.ts";
import type { ConsoleModel } from "../model.ts";
import { stepsOf, type StepRow } from "./stage-tree.ts";

/** The stage that is selected, if the build knows it. */
export function selectedStage(model: ConsoleModel): StageState | undefined {
  return model.build?.stages.find(({ name }) => name === model.ui.selected);
}

/** The step of it that is selected, if one is. */
export function selectedStep(model: ConsoleModel): StepRow | undefined {
  const stage = selectedStage(model);
  const attempt = stage?.attempts.at(-1);
  const { build, ui } = model;
  if (stage === undefined || attempt === undefined || build === undefined) return undefined;
  return ui.step === undefined ? undefined : stepsOf(stage, attempt, build)[ui.step];
}

/**
 * The stage to look at when the view goes along with the build: what runs; else what failed first;
 * else what ran last; else what comes first.
 */
export function stageToFollow(build: BuildState): StageState | undefined {
  return (
    build.stages.findLast(({ state }) => state === "running") ??
    (build.state === "running"
      ? undefined
      : build.stages.find(({ state }) => state === "failed" || state === "interrupted")) ??
    lastStarted(build) ??
    build.stages.find(({ state }) => state === "pending") ??
    build.stages[0]
  );
}

function lastStarted(build: BuildState): StageState | undefined {
  let last: StageState | undefined;
  for (const stage of build.stages) {
    const started = stage.attempts.at(-1)?.startedAt ?? "";
    if (started !== "" && started >= (last?.attempts.at(-1)?.startedAt ?? "")) last = stage;
  }
  return last;
}

/** Stages of the build, as many as there are rows, and how many of them are done or were before. */
export function progressOf({ stages }: BuildState): {
  readonly done: number;
  readonly stages: number;
} {
  const done = stages.filter(
    ({ state, planned }) => state === "succeeded" || (state === "skipped" && !planned),
  );
  return { done: done.length, stages: stages.length };
}
