// Invariant: pure; says how long a stage still takes only where past runs of its kind tell, and else
// says that nothing tells.
import {
  estimateOf,
  kindOf,
  type PastRunsRead,
  type RunKind,
} from "../../engine/journal/estimate.ts";
import type { StageState } from "../../engine/journal/state.ts";
import type { Tone } from "./cells.ts";
import { clockTime, since } from "./duration.ts";

/** What a run is called whose stage has been built, but never in this way. */
const kindWords: Readonly<Record<RunKind, string>> = {
  scratch: "run",
  incremental: "update",
  retry: "retry",
};

/** A sentence in several lengths, the longest first. */
export interface EstimateText {
  readonly forms: readonly string[];
  readonly tone: Tone;
}

/** What is expected of a stage that runs or waits; undefined for others, and before it is known. */
export function estimateText(
  stage: StageState,
  past: PastRunsRead | undefined,
  now: number,
): EstimateText | undefined {
  const isOpen = stage.state === "running" || stage.state === "pending";
  if (!isOpen || past === undefined) return undefined;
  const estimate = estimateOf(stage, past);
  if (estimate === undefined) {
    const isNew = Object.keys(past.runs[stage.name] ?? {}).length === 0;
    const which = isNew ? "run" : kindWords[kindOf(stage, past)];
    return { forms: [`no estimate (first ${which})`, "no estimate"], tone: "dim" };
  }
  const { ms, runs } = estimate;
  const left = ms - elapsedOf(stage, now);
  // Rounded up: an ETA of 00:00 would not be true before the end.
  const time = left < 0 ? `+${clockTime(-left)} over` : `ETA ${clockTime(left + 999)}`;
  return {
    forms:
      left < 0
        ? [`${time} estimate (median of ${runs})`, `${time} estimate`, time]
        : [`${time} (median of ${runs})`, time],
    tone: left < 0 ? "notice" : "dim",
  };
}

/** The longest form of at most `room` cells. */
export function formThatFits({ forms }: EstimateText, room: number): string | undefined {
  return forms.find(({ length }) => length <= room);
}

/** Milliseconds that the present run of a stage has taken so far. */
export function elapsedOf({ state, attempts }: StageState, now: number): number {
  const attempt = attempts.at(-1);
  if (state !== "running" || attempt === undefined) return 0;
  return since(attempt.startedAt, now);
}
