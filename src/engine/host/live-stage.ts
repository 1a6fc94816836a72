// Invariant: a stage lives while processes of its session do, whatever the journal could be told.
import type { BuildState } from "../journal/state.ts";
import type { ProcessTable } from "../process/process-table.ts";
import { sessionOf } from "../process/session.ts";

/** Name of the stage of an unfinished build that has live processes; undefined: none has. */
export function liveStage(state: BuildState, table: ProcessTable): string | undefined {
  if (state.state !== "running") return undefined;
  const stage = state.stages.find((one) => one.state === "running");
  const wrapper = stage?.attempts.at(-1)?.wrapper;
  return wrapper !== undefined && sessionOf(table, wrapper).length > 0 ? stage?.name : undefined;
}
