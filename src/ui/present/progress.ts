// Invariant: pure; a build that is not over is never at 100 %, and one that succeeded always is.
import { estimateOf, type PastRunsRead } from "../../engine/journal/estimate.ts";
import type { Attempt, BuildState, StageState } from "../../engine/journal/state.ts";
import { clockTime } from "../../engine/journal/clock-time.ts";
import { since } from "./duration.ts";
import { elapsedOf } from "./estimate-text.ts";

/** A stage beyond its estimate counts as nearly done, never as done. */
const mostOfRunning = 0.95;
/** Milliseconds of a small stage, before any stage of the build has shown how long they take. */
const firstPace = 1000;

/**
 * How much of a build is done, in whole percent. Stages count by the time that past runs of their
 * kind took; those without any by their usual part of the time of a build. It never goes down while
 * stages go on.
 */
export function percentDone(
  build: BuildState,
  past: PastRunsRead | undefined,
  now: number,
): number {
  if (build.state === "succeeded") return 100;
  const planned = build.stages
    .filter((stage) => stage.planned)
    .map((stage) => ({ stage, past: past && estimateOf(stage, past)?.ms }));
  const known = planned.filter((each) => each.past !== undefined);
  // What a weight stands for, as far as past runs tell.
  const rate = sum(known.map((each) => each.past ?? 0)) / weightOf(known.map(({ stage }) => stage));
  const pace = paceOf(build);
  const sizes = planned.map((each) =>
    Math.max(1, each.past ?? weightOf([each.stage]) * (rate || 1)),
  );
  const done = planned.map(
    (each, index) => (sizes[index] ?? 0) * shareOf(each.stage, each.past, pace, now),
  );
  return Math.min(99, Math.floor((100 * sum(done)) / Math.max(1, sum(sizes))));
}

function weightOf(stages: readonly StageState[]): number {
  return sum(stages.map(({ weight = 1 }) => weight));
}

/** Milliseconds for each unit of weight, as the stages that are over took them. */
function paceOf({ stages }: BuildState): number {
  const over = stages.filter(({ planned, state }) => planned && state === "succeeded");
  const took = sum(over.map(({ attempts }) => attempts.at(-1)?.durationMs ?? 0));
  return took === 0 ? firstPace : took / weightOf(over);
}

function shareOf(
  stage: StageState,
  expected: number | undefined,
  pace: number,
  now: number,
): number {
  if (stage.state === "succeeded") return 1;
  if (stage.state !== "running") return 0;
  const elapsed = elapsedOf(stage, now);
  if (expected !== undefined) return Math.min(mostOfRunning, elapsed / expected);
  const guess = Math.max(1, weightOf([stage]) * pace);
  const attempt = stage.attempts.at(-1);
  const phase = attempt && phaseShare(attempt, elapsed, guess, now);
  if (phase !== undefined) return Math.min(mostOfRunning, phase);
  const { index, total } = attempt?.step ?? {};
  if (index === undefined || total === undefined || total < 1) {
    return mostOfRunning * towardsEnd(elapsed, guess);
  }
  const stepAt = attempt?.trail?.at(-1)?.startedAt ?? attempt?.startedAt ?? "";
  const within = towardsEnd(stepAt === "" ? 0 : since(stepAt, now), guess / total);
  return Math.min(mostOfRunning, (index - 1 + within) / total);
}

/** From this share on the time so far tells how long the rest takes. */
const tellsRest = 0.3;

/** How far a stage is by the last step of which its usual part is known. */
function phaseShare(
  { trail = [] }: Attempt,
  elapsed: number,
  guess: number,
  now: number,
): number | undefined {
  const last = trail.findLast(({ step }) => step.part !== undefined);
  if (last?.step.part === undefined) return undefined;
  const { from, to } = last.step.part;
  const within = since(last.startedAt, now);
  const before = Math.max(0, elapsed - within);
  if (from >= tellsRest) {
    const expected = Math.max(1, ((to - from) * before) / from);
    return from + (to - from) * almostAll(within / expected);
  }
  const whole = from === 0 ? guess : Math.max(guess, before / from);
  return from + (to - from) * towardsEnd(within, (to - from) * whole);
}

/** With time up to four fifths, from there on slower and slower. */
function almostAll(share: number): number {
  return share < 0.8 ? share : 1 - 0.16 / share;
}

/** Half of the way when the guess is over, and always slower from there on, for it is only a guess. */
function towardsEnd(elapsed: number, guess: number): number {
  return elapsed / (elapsed + guess);
}

/** Time that a build still takes, as the header says it; undefined where nothing tells. */
export function buildEta(
  build: BuildState,
  past: PastRunsRead | undefined,
  now: number,
): string | undefined {
  if (build.state !== "running" || past === undefined) return undefined;
  const open = build.stages.filter(({ state }) => state === "running" || state === "pending");
  const left = open.map((stage) => {
    const estimate = estimateOf(stage, past);
    return estimate && Math.max(0, estimate.ms - elapsedOf(stage, now));
  });
  const known = left.filter((ms) => ms !== undefined);
  if (known.length === 0) return undefined;
  // Stages that nothing is known of come on top.
  return `ETA ${clockTime(sum(known) + 999)}${known.length < left.length ? "+" : ""}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
