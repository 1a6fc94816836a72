// Invariant: a retry keeps the earlier attempts and their logs, and touches no other finished stage.
import { removeCommand, sendCommand } from "../engine/host/commands.ts";
import { startHost } from "../engine/host/start-host.ts";
import { answerTo } from "../engine/host/taken.ts";
import { readBuild } from "../engine/journal/builds.ts";
import { isAlive, processTable } from "../engine/process/process-table.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { findBuild } from "./builds.ts";
import { canDraw, report, type Command, type Io } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";
import { watchPlain } from "./watch-plain.ts";

export const retryUsage: Usage = {
  synopsis: "retry STAGE",
  summary: "Runs a stage of the newest build again, then what was given up because of it.",
  options: {
    ...rootOption,
    plain: { type: "boolean", help: "a line for each event; default where there is no terminal" },
    json: { type: "boolean", help: "one JSON event a line (docs/events.md)" },
  },
};

/** `smartbuild retry` */
export const retryCommand: Command = async (argv, io) => {
  const parsed = parse(argv, retryUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values, words } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(retryUsage));
    return 0;
  }
  const [stage] = words;
  const found = await findBuild(io, values.get("root"));
  if (!found.ok) return report(io, found.failure);
  const { workspace, folder, state } = found.value;
  if (stage === undefined || !state.stages.some(({ name }) => name === stage)) {
    const names = state.stages.map(({ name }) => name).join(", ");
    return report(
      io,
      fail(
        "usage",
        `Which stage? The build ${state.build} has: ${names}.`,
        "smartbuild retry STAGE",
      ).failure,
    );
  }
  const sent = await retryStage(io, folder, state, stage);
  if (!sent.ok) return report(io, sent.failure);
  if (flags.has("json")) return watchPlain(io, folder, "json");
  if (flags.has("plain") || !canDraw(io)) return watchPlain(io, folder, "plain");
  const { openConsole } = await import("./console.ts");
  return openConsole(io, workspace, folder);
};

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
