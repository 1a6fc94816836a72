// Invariant: pure; what happens next follows from the state of the build and the graph alone.
import type { Graph } from "../graph/stage.ts";
import type { Outcome } from "../journal/events.ts";
import type { BuildState, StageState } from "../journal/state.ts";

/** What a host does next while no stage runs. */
export type Decision =
  | { readonly start: StageState }
  | { readonly skip: StageState; readonly reason: string }
  | { readonly end: Outcome };

/** The next thing to do; no stage is running. */
export function decide(state: BuildState, graph: Graph): Decision {
  const lost = state.stages.filter(isLost);
  const next = state.stages.find((stage) => stage.state === "pending");
  if (state.stopping !== undefined) return { end: "interrupted" };
  if (next === undefined) {
    if (lost.length === 0) return { end: "succeeded" };
    return { end: lost.some(({ state: s }) => s === "failed") ? "failed" : "interrupted" };
  }
  if (lost[0] !== undefined && !state.keepGoing && next.isAskedFor !== true) {
    return { skip: next, reason: `${lost[0].name} ${word(lost[0])}` };
  }
  const blocker = blockerOf(next.name, state, graph);
  return blocker === undefined
    ? { start: next }
    : { skip: next, reason: `it needs ${blocker.name}, which ${word(blocker)}` };
}

/**
 * Why a stage cannot be run again now, and what has to be first; undefined when it can. One that a
 * lost stage holds up would be given up again at once.
 */
export function heldUpBy(name: string, state: BuildState, graph: Graph): string | undefined {
  const lost = state.stages.find((stage) => stage.name !== name && isLost(stage));
  const blocker = blockerOf(name, state, graph);
  if (lost === undefined || blocker === undefined) return undefined;
  const first = isLost(blocker) ? blocker : lost;
  return `it needs ${blocker.name}, which ${word(blocker)}; first: smartbuild retry ${first.name}`;
}

function blockerOf(name: string, state: BuildState, graph: Graph): StageState | undefined {
  return state.stages.find((stage) => isBlocked(stage) && comesBefore(graph, name, stage.name));
}

function isLost({ state }: StageState): boolean {
  return state === "failed" || state === "interrupted";
}

/** A stage that was to run and did not come to a good end. */
function isBlocked(stage: StageState): boolean {
  return isLost(stage) || (stage.state === "skipped" && stage.planned);
}

function comesBefore(graph: Graph, name: string, other: string): boolean {
  const stage = graph.find((candidate) => candidate.name === name);
  return stage !== undefined && [...stage.needs, ...stage.requires].includes(other);
}

function word({ state }: StageState): string {
  return state === "failed" ? "failed" : state === "skipped" ? "was given up" : "was interrupted";
}
