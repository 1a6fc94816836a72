// Invariant: a stage lives as long as any live process of its session does, its wrapper or another.
import type { ProcessIdentity } from "../journal/events.ts";
import type { LiveProcess, ProcessTable } from "./process-table.ts";

/** Variable in every stage's environment: `<build>/<stage>.<attempt>`. */
export const stageVariable = "SMARTBUILD_STAGE";

/**
 * The live processes of the session that `wrapper` led. A pid can be used again only once its
 * session is empty, so a leader with another start time means that ours is over.
 */
export function sessionOf(table: ProcessTable, wrapper: ProcessIdentity): LiveProcess[] {
  const members = table.all().filter(({ session }) => session === wrapper.pid);
  const leader = members.find(({ pid }) => pid === wrapper.pid);
  const ours =
    members[0]?.boot === wrapper.boot && (leader === undefined || leader.start === wrapper.start);
  return ours ? members : [];
}

/** Live processes that carry the stage's mark but have left its session. */
export function strayProcesses(
  table: ProcessTable,
  wrapper: ProcessIdentity,
  mark: string,
): LiveProcess[] {
  return table
    .all()
    .filter(
      ({ pid, session }) =>
        session !== wrapper.pid && table.environmentOf(pid, stageVariable) === mark,
    );
}
