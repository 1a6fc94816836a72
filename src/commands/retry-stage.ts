// Invariant: a retry is asked of the build's own host, which is started when there is none.
import { removeCommand, sendCommand } from "../engine/host/commands.ts";
import { startHost } from "../engine/host/start-host.ts";
import { answerTo } from "../engine/host/taken.ts";
import { readBuild } from "../engine/journal/builds.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { isAlive, processTable } from "../engine/process/process-table.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import type { Io } from "./io.ts";

/** Asks the build's host to run the stage again; starts a host when the build has ended. */
export async function retryStage(
  io: Pick<Io, "program">,
  folder: string,
  state: BuildState,
  stage: string,
): Promise<Result<undefined>> {
  const id = sendCommand(folder, { command: "retry", stage });
  if (!hasLiveHost(folder)) {
    const greeting = await startHost(io.program, folder, state.workspace);
    // Somebody else may have given this very build its host back meanwhile.
    if ("owner" in greeting && !hasLiveHost(folder)) {
      removeCommand(folder, id);
      return fail(
        "owned-by-another",
        `Another build is running in this workspace (host process ${greeting.owner.pid}).`,
        "Wait for it, or end it with `smartbuild stop`.",
      );
    }
    if ("failed" in greeting) {
      removeCommand(folder, id);
      return fail("cannot-write", greeting.failed);
    }
  }
  const answer = await answerTo(folder, id);
  if (answer === "taken") return ok(undefined);
  // A later host must not run a stage that nobody waits for any more.
  removeCommand(folder, id);
  return fail("bad-input", `${stage} is not run again: ${answer.refused}.`);
}

/** True while the build runs in a live host: as it is now, not as it was when it was found. */
function hasLiveHost(folder: string): boolean {
  const state = readBuild(folder);
  const host = state?.hosts.at(-1)?.host;
  return state?.state === "running" && host !== undefined && isAlive(processTable(), host);
}
