// Invariant: pure; an estimate comes from past runs of the same stage and the same kind alone, and
// where there are none there is no estimate.
import type { BuildState, StageState } from "./state.ts";

/**
 * What a run had to do: everything; what had changed; or what an earlier run, which failed or was
 * stopped, had left.
 */
export type RunKind = "scratch" | "incremental" | "retry";

/** Milliseconds that runs of each stage took, newest first, by stage and kind. */
export type PastRuns = Readonly<
  Record<string, Readonly<Partial<Record<RunKind, readonly number[]>>>>
>;

/** How long a run is going to take. */
export interface Estimate {
  readonly kind: RunKind;
  /** The median of the runs, in milliseconds. */
  readonly ms: number;
  /** How many runs it is the median of. */
  readonly runs: number;
}

/** Older runs tell more of older trees. */
export const runsKept = 9;

/**
 * The kind of an attempt at a stage.
 *
 * @param number the attempt, 1-based
 * @param lastFailed the latest run of the stage in an earlier build did not succeed
 */
export function runKind(stage: StageState, number: number, lastFailed: boolean): RunKind {
  if (number > 1 || lastFailed) return "retry";
  return (stage.made ?? madeBy(stage.reasons)) === "nothing" ? "scratch" : "incremental";
}

/** Journals of the first version say it in a sentence only. */
function madeBy(reasons: readonly string[]): "nothing" | "all" {
  return reasons.some((reason) => / (?:is|are) missing$/.test(reason)) ? "nothing" : "all";
}

/**
 * What past builds tell, and for each stage whether its latest run in them did not succeed.
 *
 * @param builds newest first
 */
export function pastRuns(builds: readonly BuildState[]): PastRunsRead {
  const runs: Record<string, Partial<Record<RunKind, number[]>>> = {};
  const hasFailed = new Map<string, boolean>();
  for (const { stages } of builds.toReversed()) {
    for (const stage of stages) {
      for (const { number, state, durationMs } of stage.attempts) {
        if (durationMs === undefined) continue;
        const kind = runKind(stage, number, hasFailed.get(stage.name) ?? false);
        hasFailed.set(stage.name, state !== "succeeded");
        if (state !== "succeeded") continue;
        const kinds = (runs[stage.name] ??= {});
        kinds[kind] = [durationMs, ...(kinds[kind] ?? [])].slice(0, runsKept);
      }
    }
  }
  const lastFailed = [...hasFailed].filter(([, failed]) => failed).map(([name]) => name);
  return { runs, lastFailed };
}

/** What the builds before one tell of it. */
export interface PastRunsRead {
  readonly runs: PastRuns;
  /** Stages whose latest run failed or was stopped. */
  readonly lastFailed: readonly string[];
}

/** The kind of the run of a stage that runs now or is the next. */
export function kindOf(stage: StageState, past: PastRunsRead): RunKind {
  const { length } = stage.attempts;
  const number = stage.state === "pending" ? length + 1 : Math.max(1, length);
  return runKind(stage, number, past.lastFailed.includes(stage.name));
}

/**
 * How long the run of a stage takes that runs now or is the next; undefined where no run of its
 * kind has succeeded yet.
 */
export function estimateOf(stage: StageState, past: PastRunsRead): Estimate | undefined {
  const kind = kindOf(stage, past);
  const runs = past.runs[stage.name]?.[kind] ?? [];
  return runs.length === 0 ? undefined : { kind, ms: median(runs), runs: runs.length };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? high : Math.round(((sorted[middle - 1] ?? high) + high) / 2);
}
