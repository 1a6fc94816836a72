// Invariant: pure; says how long a stage still takes only where past runs of its kind tell, and else
// says that nothing tells.
import {
  estimateOf,
  kindOf,
  type PastRunsRead,
  type RunKind,
} from "../../engine/journal/estimate.ts";
import type { StageState } from "../../engine/journal/state.ts";
import type { ConsoleModel } from "../model.ts";
import type { Tone } from "./cells.ts";
import { clockTime } from "../../engine/journal/clock-time.ts";
import { since } from "./duration.ts";

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
function estimateText(
  stage: StageState,
  past: PastRunsRead | undefined,
  now: number,
): EstimateText | undefined {
  if (!isOpen(stage) || past === undefined) return undefined;
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

type Shown = Pick<ConsoleModel, "build" | "facts" | "ui">;

/** What the row of a stage tells of it, as far as `tellsEstimate`. */
export function shownEstimate(
  stage: StageState,
  model: Shown & Pick<ConsoleModel, "now">,
): EstimateText | undefined {
  return tellsEstimate(stage, model) ? estimateText(stage, model.facts.runs, model.now) : undefined;
}

/**
 * Whether the row of a stage tells what is expected. Where nothing tells of any stage, as in a first
 * build, that is said once: of the selected one, or of what runs.
 */
export function tellsEstimate(stage: StageState, { build, facts: { runs }, ui }: Shown): boolean {
  if (runs === undefined || !isOpen(stage)) return false;
  const open = build?.stages.filter(isOpen) ?? [];
  if (open.some((each) => estimateOf(each, runs) !== undefined)) return true;
  const selected = open.find(({ name }) => name === ui.selected);
  const told = selected ?? open.find(({ state }) => state === "running");
  return stage.name === told?.name;
}

function isOpen({ state }: StageState): boolean {
  return state === "running" || state === "pending";
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
