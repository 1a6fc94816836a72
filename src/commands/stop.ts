// Invariant: stop returns when the build has ended, and says what it could not end.
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startTrouble, type HostTrouble } from "../engine/host/host-trouble.ts";
import { liveStage } from "../engine/host/live-stage.ts";
import { passCommand } from "../engine/host/pass-command.ts";
import { startHost } from "../engine/host/start-host.ts";
import { stateWords } from "../engine/host/summary.ts";
import { fold } from "../engine/journal/fold.ts";
import { JournalFollower } from "../engine/journal/follow.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { journalName } from "../engine/journal/writer.ts";
import { isAlive } from "../engine/process/process-table.ts";
import { processTable } from "../engine/process/system-processes.ts";
import { fail, type Failure, type Result } from "../engine/result.ts";
import { findBuild } from "./builds.ts";
import { report, type Command, type Io } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";

export const stopUsage: Usage = {
  synopsis: "stop",
  summary: "Stops the running build: TERM to all its processes, KILL after ten seconds.",
  options: rootOption,
};

const longestWaitMs = 60_000;
const hostCheckMs = 500;

/** `smartbuild stop` */
export const stopCommand: Command = async (argv, io) => {
  const parsed = parse(argv, stopUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  if (parsed.value.flags.has("help")) {
    io.stdout.write(helpText(stopUsage));
    return 0;
  }
  const found = await findBuild(io, parsed.value.values.get("root"));
  if (!found.ok) return report(io, found.failure);
  const { folder, state } = found.value;
  if (state.state !== "running") {
    io.stdout.write(`No build is running (${state.build} ${stateWords[state.state]}).\n`);
    return 0;
  }
  const sent = await passStop(io, folder, state);
  if (!sent.ok) return report(io, sent.failure);
  const ended = await waitForEnd(io, folder);
  if ("failure" in ended) return report(io, ended.failure);
  const left = ended.stages.flatMap(({ attempts }) => attempts.at(-1)?.leftovers ?? []);
  io.stdout.write(`The build ${ended.build} ${stateWords[ended.state]}.\n`);
  if (left.length > 0) io.stdout.write(`Still running: ${left.join(", ")}\n`);
  return 0;
};

/** Where no command can be written a live host can still be signalled, so a dead one is replaced. */
async function passStop(
  io: Pick<Io, "program">,
  folder: string,
  state: BuildState,
): Promise<Result<string>> {
  const stop = { command: "stop", signal: "SIGTERM" } as const;
  const sent = passCommand(folder, stop);
  if (sent.ok || sent.failure.kind !== "cannot-write") return sent;
  const trouble = await giveHost(io, folder, state);
  return trouble === undefined ? passCommand(folder, stop) : sent;
}

/** A stop that somebody asked for is worth a host, however many have died before. */
async function waitForEnd(
  io: Pick<Io, "program">,
  folder: string,
): Promise<BuildState | { readonly failure: Failure }> {
  const table = processTable();
  let checkAt = Date.now() + hostCheckMs;
  const follower = new JournalFollower(join(folder, journalName));
  let state: BuildState | undefined;
  const until = Date.now() + longestWaitMs;
  try {
    for (;;) {
      for (const event of follower.events()) state = fold(state, event);
      if (state !== undefined && state.state !== "running") return state;
      if (state === undefined || Date.now() > until) return notStopped(folder);
      const host = state.hosts.at(-1)?.host;
      if (Date.now() > checkAt && (host === undefined || !isAlive(table, host))) {
        const trouble = await giveHost(io, folder, state);
        if (trouble !== undefined && liveStage(state, table) === undefined) {
          return cannotTell(state, trouble);
        }
        checkAt = Date.now() + hostCheckMs;
      }
      await wait(100);
    }
  } finally {
    follower.close();
  }
}

/** Starts a host; why none can run, where that is known. */
async function giveHost(
  io: Pick<Io, "program">,
  folder: string,
  state: BuildState,
): Promise<HostTrouble | undefined> {
  try {
    const start = await startHost(io.program, folder, state.workspace);
    if (!("failed" in start)) return undefined;
    return { message: start.failed, advice: start.advice ?? "Mend that, then try again." };
  } catch (error) {
    const known = startTrouble(error, folder);
    if (known === undefined) throw error;
    return known.trouble;
  }
}

/** Nothing runs any more, though its journal cannot say so. */
function cannotTell(
  { build }: BuildState,
  { message, advice }: HostTrouble,
): { readonly failure: Failure } {
  const sentence = `No process of the build ${build} is left, but its end cannot be written down`;
  return fail("cannot-write", `${sentence}: ${message}`, advice);
}

function notStopped(folder: string): { readonly failure: Failure } {
  return fail(
    "owned-by-another",
    `The build ${basename(folder)} has not stopped within a minute.`,
    `What its host does stands in ${join(folder, "host.log")}.`,
  );
}
