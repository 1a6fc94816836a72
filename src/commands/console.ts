// Invariant: the console only watches; starting, stopping and reviving go through the same doors as
// the other commands.
import { classifyLine } from "../engine/diagnosis/line-class.ts";
import { sendCommand } from "../engine/host/commands.ts";
import { ensureHost } from "../engine/host/start-host.ts";
import { buildFolders, readBuild } from "../engine/journal/builds.ts";
import { processTable } from "../engine/process/process-table.ts";
import { fail } from "../engine/result.ts";
import { openWorkspace, type Workspace } from "../engine/workspace/workspace.ts";
import { runConsole } from "../ui/console.tsx";
import type { ConsolePorts, StartedBuild } from "../ui/ports.ts";
import { canDraw, report, type Command, type Io } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";
import { retryStage } from "./retry-stage.ts";

export const consoleUsage: Usage = {
  synopsis: "[console]",
  summary:
    "Opens the console on the newest build of the workspace; with none yet, it offers to build.",
  options: {
    ...rootOption,
    ascii: { type: "boolean", help: "draw with ASCII characters only" },
  },
};

/** `smartbuild` */
export const consoleCommand: Command = async (argv, io) => {
  const parsed = parse(argv, consoleUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values, words } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(consoleUsage));
    return 0;
  }
  if (words.length > 0) {
    return report(io, fail("usage", `There is no command ${words.join(" ")}.`).failure);
  }
  const workspace = openWorkspace(io.cwd, values.get("root"));
  if (!workspace.ok) return report(io, workspace.failure);
  if (!canDraw(io)) {
    return report(
      io,
      fail(
        "usage",
        "The console needs a terminal, and this is none.",
        "Without one use `smartbuild run --plain`, `status` or `logs`.",
      ).failure,
    );
  }
  const newest = buildFolders(workspace.value.paths.smartbuildLog)[0];
  return openConsole(io, workspace.value, newest, flags.has("ascii"));
};

/** Shows a build until its user leaves; the exit code is the build's once it has ended. */
export async function openConsole(
  io: Io,
  workspace: Workspace,
  buildFolder: string | undefined,
  ascii = false,
): Promise<number> {
  const exit = await runConsole({
    workspace: { root: workspace.root, layout: workspace.layout },
    ...(buildFolder === undefined ? {} : { buildFolder }),
    stdin: io.stdin,
    stdout: io.stdout,
    env: io.env,
    version: io.version,
    ascii,
    ports: portsOf(io, workspace),
  });
  switch (exit.how) {
    case "quit":
      return exit.build?.exitCode ?? 0;
    case "signal":
      return exit.signal === "SIGHUP" ? 129 : 143;
    case "error":
      throw exit.error;
  }
}

function portsOf(io: Io, workspace: Workspace): ConsolePorts {
  const table = processTable();
  return {
    send: async (folder, command) => {
      try {
        const state = command.command === "retry" ? readBuild(folder) : undefined;
        if (command.command === "stop") sendCommand(folder, command);
        else if (state !== undefined) {
          const sent = await retryStage(io, folder, state, command.stage);
          if (!sent.ok) return sent.failure.message;
        }
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    ensureHost: (build, folder) => {
      void ensureHost(io.program, folder, build, table, new Date());
    },
    start: (targets) => start(io, workspace, targets),
    classify: classifyLine,
    now: Date.now,
  };
}

async function start(
  io: Io,
  workspace: Workspace,
  targets: readonly string[],
): Promise<StartedBuild> {
  const { prepare } = await import("./prepare.ts");
  const { startBuild } = await import("./start-build.ts");
  const prepared = await prepare(io, workspace.root, targets);
  if (!prepared.ok) return { refused: prepared.failure.message };
  if (!prepared.value.plan.some(({ run }) => run)) {
    return { refused: "Nothing to build: all stages are up to date." };
  }
  const started = await startBuild(io, prepared.value, { keepGoing: false });
  return started.ok ? { folder: started.value } : { refused: started.failure.message };
}
