// Invariant: a host is started for one build folder; whether it owns the workspace is for the host
// to find out, and it says so before it does anything else.
import { readBuild } from "../journal/builds.ts";
import type { BuildState } from "../journal/state.ts";
import { readyDescriptor, startDetached } from "../process/detached.ts";
import { isAlive, type ProcessTable } from "../process/process-table.ts";
import { buildFiles } from "./build-files.ts";
import type { LockOwner } from "./lock.ts";
import { readEnvironment } from "./request.ts";

/** What a host says when it starts. */
export type HostGreeting =
  { readonly ready: string } | { readonly owner: LockOwner } | { readonly failed: string };

/** What came of starting a host; `died`: it ended before it said a word, as when it is killed. */
export type HostStart = HostGreeting | { readonly died: string };

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
): Promise<HostStart> {
  const line = await startDetached(
    [...program, hostCommandName, folder, `--ready-fd=${readyDescriptor}`],
    { cwd: workspace, environment: readEnvironment(folder), log: buildFiles(folder).hostLog },
  );
  return line === undefined
    ? { died: `the build's host ended at once; ${buildFiles(folder).hostLog} may say why` }
    : (JSON.parse(line) as HostGreeting);
}

const deathsToGiveUp = 3;
const deathWindowMs = 60_000;

/** What became of the wish for a live host. */
export type HostState =
  "alive" | "started" | "not-needed" | "given-up" | "cannot-run" | "not-permitted";

/**
 * Sees to it that an unfinished build has a live host. Gives up when three of them died within a
 * minute: something kills them, and one more would die as well; a host that says why it cannot run
 * is not tried twice. A build of another user is left to that user.
 */
export async function ensureHost(
  program: readonly string[],
  folder: string,
  state: BuildState,
  table: ProcessTable,
  now: Date,
): Promise<HostState> {
  let known = state;
  // A host may be killed before it has greeted, or even before the journal names it.
  for (let deaths = 0; deaths < deathsToGiveUp; deaths++) {
    if (known.state !== "running") return "not-needed";
    const last = known.hosts.at(-1);
    if (last !== undefined && isAlive(table, last.host)) return "alive";
    if (deathsWithinWindow(known, now) >= deathsToGiveUp) return "given-up";
    try {
      const start = await startHost(program, folder, known.workspace);
      if ("ready" in start) return "started";
      if ("owner" in start) return "alive";
      if ("failed" in start) return "cannot-run";
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "not-permitted";
      if (code === "ENOSPC" || code === "EDQUOT") return "cannot-run";
      throw error;
    }
    known = readBuild(folder) ?? known;
  }
  return "given-up";
}

/** A clock that was set back must not keep old deaths young for ever. */
function deathsWithinWindow({ hosts }: BuildState, now: Date): number {
  return hosts.filter(({ at }) => Math.abs(now.getTime() - Date.parse(at)) < deathWindowMs).length;
}
