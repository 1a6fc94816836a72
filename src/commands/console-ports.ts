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
import { readBuild } from "../engine/journal/builds.ts";
import { processTable } from "../engine/process/system-processes.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";
import type { ConsolePorts } from "../ui/ports.ts";
import { progressPorts } from "./console-progress.ts";
import { manifestPorts } from "./console-manifest.ts";
import { settingsPorts } from "./console-settings.ts";
import type { Io } from "./io.ts";
import { retryStage } from "./retry-stage.ts";
import { startTargets } from "./start-targets.ts";

/** The console's doors to the engine, for one workspace. */
export function consolePorts(io: Io, workspace: Workspace): ConsolePorts {
  const table = processTable();
  return {
    buildsFolder: workspace.paths.smartbuildLog,
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
    start: (targets) => startTargets(io, workspace, targets),
    plan: async () => {
      const { prepare } = await import("./prepare.ts");
      const prepared = await prepare(io, workspace.root, []);
      return prepared.ok ? prepared.value.plan : undefined;
    },
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
    manifest: manifestPorts(workspace, io.env["PATH"] ?? ""),
    builds: async () => (await import("./console-builds.ts")).buildsPorts(io, workspace),
    now: Date.now,
    progress: progressPorts(table),
  };
}

/** What a stage got: the asking command's environment with the build's and the stage's changes. */
function stageEnvironment(folder: string, stage: string, attempt: number): NodeJS.ProcessEnv {
  const journal = new JournalFollower(join(folder, "journal.jsonl"));
  let changes: EnvironmentChanges = {};
  for (const event of journal.events()) {
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
