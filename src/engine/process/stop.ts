// Invariant: after a stop every process of the session was signalled or is named; nothing outside
// the session is ever signalled.
import type { ProcessIdentity } from "../journal/events.ts";
import type { LiveProcess, ProcessTable } from "./process-table.ts";
import { sessionOf } from "./session.ts";

/**
 * Sends a signal to every group of the session. Processes of other users, which a signal to their
 * group silently passes over, are signalled through `rootCommand` (e.g. `pfexec`). Returns the
 * processes that lived when it was called.
 */
export async function signalSession(
  table: ProcessTable,
  wrapper: ProcessIdentity,
  signal: "SIGINT" | "SIGTERM" | "SIGKILL",
  rootCommand: string | undefined,
): Promise<LiveProcess[]> {
  const members = sessionOf(table, wrapper);
  for (const group of new Set(members.map((member) => member.group))) sendTo(group, signal);
  const foreign = members.filter(({ pid }) => table.userOf(pid) !== process.geteuid?.());
  if (foreign.length > 0 && process.geteuid?.() !== 0 && rootCommand !== undefined) {
    const pids = foreign.map(({ pid }) => String(pid));
    const { execa } = await import("execa");
    await execa(rootCommand, ["kill", `-${signal.slice(3)}`, ...pids], {
      reject: false,
      stdio: "ignore",
    });
  }
  return members;
}

function sendTo(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // Gone meanwhile, or of another user: what still lives is seen at the next listing.
  }
}
