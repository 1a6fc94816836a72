// Invariant: pure; a build that is not over is never at 100 %, and one that succeeded always is.
import { estimateOf, type PastRunsRead } from "../../engine/journal/estimate.ts";
import type { BuildState, StageState } from "../../engine/journal/state.ts";
import { clockTime } from "./duration.ts";
import { elapsedOf } from "./estimate-text.ts";

/** A stage beyond its estimate counts as nearly done, never as done. */
const mostOfRunning = 0.95;

/**
 * How much of a build is done, in whole percent. Stages count by the time they are expected to
 * take, those without an estimate like the mean of the others.
 */
export function percentDone(
  build: BuildState,
  past: PastRunsRead | undefined,
  now: number,
): number {
  if (build.state === "succeeded") return 100;
  const planned = build.stages.filter((stage) => stage.planned);
  const expected = planned.map((stage) => expectedMs(stage, past));
  const known = expected.filter((ms) => ms !== undefined);
  const mean = known.length === 0 ? 1 : Math.max(1, sum(known) / known.length);
  const weights = expected.map((ms) => Math.max(1, ms ?? mean));
  const done = planned.map(
    (stage, index) => (weights[index] ?? 0) * shareOf(stage, expected[index], now),
  );
  return Math.min(99, Math.floor((100 * sum(done)) / Math.max(1, sum(weights))));
}

/** How long a stage that is over took, or is expected to take. */
function expectedMs(stage: StageState, past: PastRunsRead | undefined): number | undefined {
  if (stage.state === "succeeded") return stage.attempts.at(-1)?.durationMs;
  return past === undefined ? undefined : estimateOf(stage, past)?.ms;
}

function shareOf(stage: StageState, expected: number | undefined, now: number): number {
  if (stage.state === "succeeded") return 1;
  if (stage.state !== "running") return 0;
  if (expected !== undefined) return Math.min(mostOfRunning, elapsedOf(stage, now) / expected);
  const { index, total } = stage.attempts.at(-1)?.step ?? {};
  return index === undefined || total === undefined
    ? 0
    : Math.min(mostOfRunning, (index - 1) / total);
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
