// Invariant: a retry is asked of the build's own host, which is started when there is none.
import { removeCommand } from "../engine/host/commands.ts";
import { passCommand } from "../engine/host/pass-command.ts";
import { startHost } from "../engine/host/start-host.ts";
import { answerTo } from "../engine/host/taken.ts";
import { readBuild } from "../engine/journal/builds.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { isAlive } from "../engine/process/process-table.ts";
import { processTable } from "../engine/process/system-processes.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import type { Io } from "./io.ts";

const longestWaitMs = 10_000;
const answerMs = 500;

/**
 * Asks the build's host to run the stage again; starts a host when there is none, and another one
 * when the host was just ending, or was killed before it has read the command.
 */
export async function retryStage(
  io: Pick<Io, "program">,
  folder: string,
  state: BuildState,
  stage: string,
): Promise<Result<undefined>> {
  const sent = passCommand(folder, { command: "retry", stage });
  if (!sent.ok) return sent;
  const id = sent.value;
  const until = Date.now() + longestWaitMs;
  let answer: Awaited<ReturnType<typeof answerTo>>;
  do {
    const refusal = hasLiveHost(folder) ? undefined : await giveHost(io, folder, state);
    if (refusal !== undefined) {
      removeCommand(folder, id);
      return refusal;
    }
    answer = await answerTo(folder, id, answerMs);
  } while (answer === undefined && Date.now() < until);
  if (answer === "taken") return ok(undefined);
  // A later host must not run a stage that nobody waits for any more.
  removeCommand(folder, id);
  const why = answer?.refused ?? "the build's host does not answer";
  return fail("bad-input", `${stage} is not run again: ${why}.`);
}

/** Starts a host; a failure when the workspace is somebody else's, or no host can run. */
async function giveHost(
  io: Pick<Io, "program">,
  folder: string,
  state: BuildState,
): Promise<Result<never> | undefined> {
  const start = await startHost(io.program, folder, state.workspace);
  if ("failed" in start) return fail("cannot-write", start.failed);
  if (!("owner" in start)) return undefined;
  // Somebody else may have given this very build its host, or its own is at its last acts.
  const own = readBuild(folder)?.hosts.some(({ host }) => host.pid === start.owner.pid) ?? false;
  if (own) return undefined;
  return fail(
    "owned-by-another",
    `Another build is running in this workspace (host process ${start.owner.pid}).`,
    "Wait for it, or end it with `smartbuild stop`.",
  );
}

/** True while the build runs in a live host: as it is now, not as it was when it was found. */
function hasLiveHost(folder: string): boolean {
  const state = readBuild(folder);
  const host = state?.hosts.at(-1)?.host;
  return state?.state === "running" && host !== undefined && isAlive(processTable(), host);
}
