// Invariant: after a stop every process of the session was signalled or is named; nothing outside
// the session is ever signalled.
import type { ProcessIdentity } from "../journal/events.ts";
import type { LiveProcess, ProcessTable } from "./process-table.ts";
import { sessionOf } from "./session.ts";

/**
 * Whoever has to be told to end, each once: what runs in a trap of bash does not survive a second
 * TERM. A tee ends by itself with those that write to it; without it bash dies of what it says there
 * before it runs the trap that unmounts and detaches. GNU make passes TERM on to its own children.
 */
function told(members: readonly LiveProcess[], signal: NodeJS.Signals): readonly LiveProcess[] {
  if (signal !== "SIGTERM" || !members.some(({ name }) => name === "tee")) return members;
  const makes = new Set(members.filter(({ name }) => /^g?make$/.test(name)).map(({ pid }) => pid));
  return members.filter(({ name, parent }) => name !== "tee" && !makes.has(parent));
}

/**
 * Sends a signal to every group of the session; TERM, where a tee is in it, to each process that needs it. Processes of other users, which a signal to their
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
  const targets = told(members, signal);
  const groups = new Set(members.map(({ group }) => group));
  // A signal to a group misses no process that is just being started.
  for (const target of targets === members
    ? [...groups].map((group) => -group)
    : targets.map(({ pid }) => pid)) {
    sendTo(target, signal);
  }
  const foreign = targets.filter(({ pid }) => table.userOf(pid) !== process.geteuid?.());
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

/** `target`: a process, or minus a group. */
function sendTo(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal);
  } catch {
    // Gone meanwhile, or of another user: what still lives is seen at the next listing.
  }
}
