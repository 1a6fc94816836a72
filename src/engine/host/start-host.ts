// Invariant: a host is started for one build folder; whether it owns the workspace is for the host
// to find out, and it says so before it does anything else.
import type { BuildState } from "../journal/state.ts";
import { readyDescriptor, startDetached } from "../process/detached.ts";
import { isAlive, type ProcessTable } from "../process/process-table.ts";
import { buildFiles } from "./build-files.ts";
import type { LockOwner } from "./lock.ts";
import { readEnvironment } from "./request.ts";

/** What a host says when it starts. */
export type HostGreeting =
  { readonly ready: string } | { readonly owner: LockOwner } | { readonly failed: string };

/** The hidden command that runs a host. */
export const hostCommandName = "__host";

/**
 * Starts a host for a build folder, or for the folder of a request. `program`: argv prefix that
 * starts smartbuild. Resolves once it owns the workspace or gave up.
 */
export async function startHost(
  program: readonly string[],
  folder: string,
  workspace: string,
): Promise<HostGreeting> {
  const line = await startDetached(
    [...program, hostCommandName, folder, `--ready-fd=${readyDescriptor}`],
    { cwd: workspace, environment: readEnvironment(folder), log: buildFiles(folder).hostLog },
  );
  return line === undefined
    ? { failed: `the build's host ended at once; ${buildFiles(folder).hostLog} may say why` }
    : (JSON.parse(line) as HostGreeting);
}

const deathsToGiveUp = 3;
const deathWindowMs = 60_000;

/** What became of the wish for a live host. */
export type HostState = "alive" | "started" | "not-needed" | "given-up" | "not-permitted";

/**
 * Sees to it that an unfinished build has a live host. Gives up when three of them died within a
 * minute: something kills them, and one more would die as well. A build of another user is left to
 * that user.
 */
export async function ensureHost(
  program: readonly string[],
  folder: string,
  state: BuildState,
  table: ProcessTable,
  now: Date,
): Promise<HostState> {
  if (state.state !== "running") return "not-needed";
  const last = state.hosts.at(-1);
  if (last !== undefined && isAlive(table, last.host)) return "alive";
  const recent = state.hosts.filter(
    ({ at }) => now.getTime() - Date.parse(at) < deathWindowMs,
  ).length;
  if (recent >= deathsToGiveUp) return "given-up";
  try {
    const greeting = await startHost(program, folder, state.workspace);
    return "ready" in greeting ? "started" : "owner" in greeting ? "alive" : "given-up";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "not-permitted";
    throw error;
  }
}
