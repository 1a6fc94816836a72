// Invariant: the console only watches; starting, stopping and reviving go through the same doors as
// the other commands.
import { basename, join } from "node:path";
import { classifyLine } from "../engine/diagnosis/line-class.ts";
import { readEnvironment, readRequest } from "../engine/host/request.ts";
import { JournalFollower } from "../engine/journal/follow.ts";
import {
  applyChanges,
  maskLogins,
  type EnvironmentChanges,
} from "../engine/process/environment.ts";
import { passCommand } from "../engine/host/pass-command.ts";
import { ensureHost } from "../engine/host/start-host.ts";
import { buildFolders, readBuild } from "../engine/journal/builds.ts";
import { processTable } from "../engine/process/process-table.ts";
import { fail } from "../engine/result.ts";
import { readUserConfig } from "../engine/settings/user-config.ts";
import { openWorkspace, type Workspace } from "../engine/workspace/workspace.ts";
import { runConsole } from "../ui/console.tsx";
import type { ConsolePorts, StartedBuild } from "../ui/ports.ts";
import { progressPorts } from "./console-progress.ts";
import { manifestPorts } from "./console-manifest.ts";
import { settingsPorts } from "./console-settings.ts";
import { report, type Command, type Io } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";
import { drawingOutput } from "./visible-output.ts";
import { retryStage } from "./retry-stage.ts";
import { openLinearConsole, screenOptions, showing } from "./show-build.ts";

export const consoleUsage: Usage = {
  synopsis: "[console]",
  summary:
    "Opens the console on the newest build of the workspace; with none yet, it offers to build.",
  options: {
    ...rootOption,
    ...screenOptions,
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
  const how = showing(io, flags);
  if (how === "linear") return openLinearConsole(io, workspace.value, flags, false);
  if (how !== "screen") {
    return report(
      io,
      fail(
        "usage",
        "The console needs a terminal, and this is none.",
        "Without one use `smartbuild run --plain`, `status`, `logs`, or --screen-reader.",
      ).failure,
    );
  }
  const newest = buildFolders(workspace.value.paths.smartbuildLog)[0];
  return openConsole(io, workspace.value, newest, flags.has("ascii"));
};

/** Exit codes as of a program that a signal ended: 128 and its number. */
const signalCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

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
    stdout: drawingOutput(io.stdout),
    env: io.env,
    version: io.version,
    ascii,
    user: readUserConfig(io.env),
    ports: portsOf(io, workspace),
  });
  switch (exit.how) {
    case "quit":
      return exit.build?.exitCode ?? 0;
    case "signal":
      return signalCodes[exit.signal];
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
        if (command.command === "stop") {
          const sent = passCommand(folder, command);
          if (!sent.ok) return sent.failure.message;
        } else if (state !== undefined) {
          const sent = await retryStage(io, folder, state, command.stage);
          if (!sent.ok) return sent.failure.message;
        }
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    ensureHost: async (build, folder) => {
      const check = await ensureHost(io.program, folder, build, table, new Date());
      return "trouble" in check ? check.trouble.message : undefined;
    },
    start: (targets) => start(io, workspace, targets),
    classify: classifyLine,
    environment: (folder, stage, attempt) => {
      try {
        return { environment: stageEnvironment(folder, stage, attempt) };
      } catch (error) {
        return { refused: error instanceof Error ? error.message : String(error) };
      }
    },
    versions: (folder, stage) => versionsOf(folder, stage, io.version),
    settingsOf: async (folder, stage) => {
      const { stageSettings } = await import("./stage-settings.ts");
      return stageSettings(folder, stage);
    },
    settings: settingsPorts(io, workspace),
    mask: maskText,
    manifest: manifestPorts(workspace),
    builds: async () => (await import("./console-builds.ts")).buildsPorts(io, workspace),
    now: Date.now,
    progress: progressPorts(table),
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
  if (!prepared.ok) {
    const { kind, message } = prepared.failure;
    return { refused: message, isUnknown: kind === "usage" };
  }
  if (!prepared.value.plan.some(({ run }) => run)) {
    return { refused: "Nothing to build: all stages are up to date." };
  }
  const started = await startBuild(io, prepared.value, { keepGoing: false });
  return started.ok ? { folder: started.value } : { refused: started.failure.message };
}

/** What a stage got: the asking command's environment with the build's and the stage's changes. */
function stageEnvironment(folder: string, stage: string, attempt: number): NodeJS.ProcessEnv {
  const journal = new JournalFollower(join(folder, "journal.jsonl"));
  let changes: EnvironmentChanges = {};
  for (const event of journal.poll()) {
    if (event.type === "build-started") changes = { ...changes, ...event.environment };
    if (event.type !== "stage-started" || event.stage !== stage) continue;
    if (event.attempt === attempt) changes = { ...changes, ...event.environment };
  }
  journal.close();
  // The journal does not hold secrets; those come from the build's own copy of the environment.
  const open = Object.entries(changes).filter(([, value]) => value?.includes("***") !== true);
  return applyChanges(readEnvironment(folder), Object.fromEntries(open));
}

/** The program, the build and the state of each repository that the stage was built from. */
function versionsOf(folder: string, stage: string, version: string): readonly string[] {
  const known = [`smartbuild ${version}`, `build ${basename(folder)}`];
  try {
    const { fingerprints, layout } = readRequest(folder);
    const marks = fingerprints[stage]?.repositories ?? [];
    const heads = marks.map(({ name, head, changes }) => {
      const changed = changes === "" ? "" : ", with uncommitted changes";
      return `${name} at ${head.slice(0, 12)}${changed}`;
    });
    return [...known, `layout ${layout}`, ...heads];
  } catch {
    return known;
  }
}

/** Values of variables that hold secrets by their name, and logins in addresses. */
function maskText(text: string): string {
  const secrets =
    /\b(\w*(?:PASS\w*|SECRET\w*|TOKEN\w*|COOKIE|CREDENTIAL\w*|_KEY))(\s*[=:]\s*)\S+/gi;
  return maskLogins(text).replace(secrets, "$1$2***");
}
