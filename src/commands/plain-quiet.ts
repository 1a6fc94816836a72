// Invariant: looks at processes only when a stage has been quiet for as long as the person's
// settings say.
import { lastOutputAt } from "../engine/host/last-output.ts";
import { clockTime } from "../engine/journal/clock-time.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { oldestLeaf } from "../engine/process/oldest-leaf.ts";
import type { ProcessTable } from "../engine/process/process-table.ts";

/**
 * How long the running stage has written nothing and what it waits for, as the end of a sentence;
 * empty while it is not quiet. `now`: milliseconds of the epoch.
 */
export function quietPart(
  state: BuildState,
  folder: string,
  table: ProcessTable,
  quietSeconds: number,
  now: number,
): string {
  const attempt = state.stages.find((stage) => stage.state === "running")?.attempts.at(-1);
  if (attempt === undefined) return "";
  const quietMs = now - lastOutputAt(attempt, folder, state.workspace);
  if (quietMs < quietSeconds * 1000) return "";
  const child = attempt.wrapper && oldestLeaf(table, attempt.wrapper, now);
  const age = child === undefined ? "" : clockTime(now - child.startedAt);
  const waits = child === undefined ? "" : `: ${child.command} (${age})`;
  return `, quiet ${clockTime(quietMs)}${waits}`;
}
