// Invariant: stop returns when the build has ended, and says what it could not end.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { passCommand } from "../engine/host/pass-command.ts";
import { startHost } from "../engine/host/start-host.ts";
import { fold } from "../engine/journal/fold.ts";
import { JournalFollower } from "../engine/journal/follow.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { journalName } from "../engine/journal/writer.ts";
import { isAlive, processTable } from "../engine/process/process-table.ts";
import { fail } from "../engine/result.ts";
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
    io.stdout.write(`No build is running (${state.build} ${state.state}).\n`);
    return 0;
  }
  const sent = passCommand(folder, { command: "stop", signal: "SIGTERM" });
  if (!sent.ok) return report(io, sent.failure);
  const ended = await waitForEnd(io, folder);
  if (ended === undefined) {
    return report(
      io,
      fail(
        "owned-by-another",
        `The build ${state.build} has not stopped within a minute.`,
        `What its host does stands in ${join(folder, "host.log")}.`,
      ).failure,
    );
  }
  const left = ended.stages.flatMap(({ attempts }) => attempts.at(-1)?.leftovers ?? []);
  io.stdout.write(`The build ${ended.build} ${ended.state}.\n`);
  if (left.length > 0) io.stdout.write(`Still running: ${left.join(", ")}\n`);
  return 0;
};

/** A stop that somebody asked for is worth a host, however many have died before. */
async function waitForEnd(
  io: Pick<Io, "program">,
  folder: string,
): Promise<BuildState | undefined> {
  const table = processTable();
  let checkAt = Date.now() + hostCheckMs;
  const follower = new JournalFollower(join(folder, journalName));
  let state: BuildState | undefined;
  const until = Date.now() + longestWaitMs;
  try {
    for (;;) {
      for (const event of follower.events()) state = fold(state, event);
      if (state?.state !== "running") return state;
      if (Date.now() > until) return undefined;
      const host = state.hosts.at(-1)?.host;
      if (Date.now() > checkAt && (host === undefined || !isAlive(table, host))) {
        await startHost(io.program, folder, state.workspace);
        checkAt = Date.now() + hostCheckMs;
      }
      await wait(100);
    }
  } finally {
    follower.close();
  }
}
