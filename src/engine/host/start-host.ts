// Invariant: a host is started for one build folder; whether it owns the workspace is for the host
// to find out, and it says so before it does anything else.
import { readBuild } from "../journal/builds.ts";
import type { BuildState } from "../journal/state.ts";
import { readyDescriptor, startDetached } from "../process/detached.ts";
import { isAlive, type ProcessTable } from "../process/process-table.ts";
import { buildFiles } from "./build-files.ts";
import {
  cannotGoOn,
  cannotRun,
  diesAgainAndAgain,
  startTrouble,
  type HostTrouble,
} from "./host-trouble.ts";
import type { LockOwner } from "./lock.ts";
import { readEnvironment } from "./request.ts";

/** What a host says when it starts. */
export type HostGreeting =
  | { readonly ready: string }
  | { readonly owner: LockOwner }
  /** Why it cannot run, and what to do, where that is known. */
  | { readonly failed: string; readonly advice?: string };

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
  const lacking = cannotGoOn(folder);
  if (lacking !== undefined) return { failed: lacking.message, advice: lacking.advice };
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
export type HostCheck =
  | { readonly host: "alive" | "started" | "not-needed" }
  | {
      readonly host: "given-up" | "cannot-run" | "not-permitted";
      readonly trouble: HostTrouble;
    };

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
): Promise<HostCheck> {
  let known = state;
  // A host may be killed before it has greeted, or even before the journal names it.
  for (let deaths = 0; deaths < deathsToGiveUp; deaths++) {
    if (known.state !== "running") return { host: "not-needed" };
    const last = known.hosts.at(-1);
    if (last !== undefined && isAlive(table, last.host)) return { host: "alive" };
    const lacking = cannotGoOn(folder);
    if (lacking !== undefined) return { host: "not-permitted", trouble: lacking };
    if (deathsWithinWindow(known, now) >= deathsToGiveUp) break;
    try {
      const start = await startHost(program, folder, known.workspace);
      if ("ready" in start) return { host: "started" };
      if ("owner" in start) return { host: "alive" };
      if ("failed" in start) return { host: "cannot-run", trouble: cannotRun(start.failed) };
    } catch (error) {
      const known = startTrouble(error, folder);
      if (known === undefined) throw error;
      return known;
    }
    known = readBuild(folder) ?? known;
  }
  return { host: "given-up", trouble: diesAgainAndAgain(folder) };
}

/** A clock that was set back must not keep old deaths young for ever. */
function deathsWithinWindow({ hosts }: BuildState, now: Date): number {
  return hosts.filter(({ at }) => Math.abs(now.getTime() - Date.parse(at)) < deathWindowMs).length;
}
