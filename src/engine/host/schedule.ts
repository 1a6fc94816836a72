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
  const lost = state.stages.filter(({ state: s }) => s === "failed" || s === "interrupted");
  const next = state.stages.find((stage) => stage.state === "pending");
  if (state.stopping !== undefined) return { end: "interrupted" };
  if (next === undefined) {
    if (lost.length === 0) return { end: "succeeded" };
    return { end: lost.some(({ state: s }) => s === "failed") ? "failed" : "interrupted" };
  }
  if (lost[0] !== undefined && !state.keepGoing) {
    return { skip: next, reason: `${lost[0].name} ${word(lost[0])}` };
  }
  const blocker = state.stages.find(
    (stage) => isBlocked(stage) && comesBefore(graph, next.name, stage.name),
  );
  return blocker === undefined
    ? { start: next }
    : { skip: next, reason: `it needs ${blocker.name}, which ${word(blocker)}` };
}

/** A stage that was to run and did not come to a good end. */
function isBlocked({ state, planned }: StageState): boolean {
  return state === "failed" || state === "interrupted" || (state === "skipped" && planned);
}

function comesBefore(graph: Graph, name: string, other: string): boolean {
  const stage = graph.find((candidate) => candidate.name === name);
  return stage !== undefined && [...stage.needs, ...stage.requires].includes(other);
}

function word({ state }: StageState): string {
  return state === "failed" ? "failed" : state === "skipped" ? "was given up" : "was interrupted";
}
