// Invariant: hidden commands that smartbuild starts itself: the host of a build, and its revival.
import { writeSync } from "node:fs";
import { dirname } from "node:path";
import { systemClock } from "../engine/clock.ts";
import { exitCodes } from "../engine/exit-codes.ts";
import { BuildHost } from "../engine/host/build-host.ts";
import { fullDiskAdvice, fullDiskSentence, isDiskFull } from "../engine/host/disk.ts";
import type { LockOwner } from "../engine/host/lock.ts";
import { openBuild, type OpenBuild } from "../engine/host/open-build.ts";
import { readEnvironment, readRequest } from "../engine/host/request.ts";
import { retentionRule } from "../engine/host/retention.ts";
import { ensureHost, type HostGreeting } from "../engine/host/start-host.ts";
import { readBuild } from "../engine/journal/builds.ts";
import type { ProcessTable } from "../engine/process/process-table.ts";
import { processTable } from "../engine/process/system-processes.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import { readSettings } from "../engine/settings/settings.ts";
import { readUserConfig } from "../engine/settings/user-config.ts";
import { searchFolders } from "../engine/workspace/search-folders.ts";
import { openWorkspace } from "../engine/workspace/workspace.ts";
import { graphOf } from "../stages/graph.ts";
import type { Command } from "./io.ts";
import { markInOneGo } from "./quiet-heap.ts";

/** The hidden command that starts a host for a build whose host is dead. */
export const reviveCommandName = "__revive";

/** `smartbuild __host FOLDER [--ready-fd=N]`: runs the build in that folder to its end. */
export const hostCommand: Command = async ([folder = "", readyOption], io) => {
  const descriptor = Number(readyOption?.split("=")[1] ?? "NaN");
  const greet = (greeting: HostGreeting): void => {
    if (Number.isNaN(descriptor)) return;
    try {
      writeSync(descriptor, `${JSON.stringify(greeting)}\n`);
    } catch {
      // Whoever asked is gone; the build goes on without it.
    }
  };
  const table = processTable();
  const opened = openOrSayWhy(folder, `smartbuild ${io.version}`, table);
  if (!opened.ok) {
    const { message, advice } = opened.failure;
    greet({ failed: message, ...(advice === undefined ? {} : { advice }) });
    io.stderr.write(`smartbuild: ${opened.failure.message}\n`);
    return exitCodes[opened.failure.kind];
  }
  const build = opened.value;
  if (!("journal" in build)) {
    greet({ owner: build });
    return exitCodes["owned-by-another"];
  }
  const request = readRequest(build.folder);
  const environment = readEnvironment(build.folder);
  const workspace = openWorkspace(request.workspace, request.workspace);
  const graph = workspace.ok
    ? graphOf(workspace.value, io.program, environment["PATH"] ?? "")
    : workspace;
  if (!workspace.ok || !graph.ok) {
    const failure = graph.ok ? "the workspace cannot be opened" : graph.failure.message;
    greet({ failed: failure });
    build.lock.release();
    io.stderr.write(`smartbuild: ${failure}\n`);
    return exitCodes["no-workspace"];
  }
  const settings = readSettings(workspace.value, environment);
  const host = new BuildHost(build, {
    graph: graph.value,
    table,
    clock: systemClock,
    revive: (at) => [...io.program, reviveCommandName, at],
    settings: ({ settings: names, products }) =>
      readSettings(workspace.value, environment).hash(names, products),
    rootCommand: settings.get("ROOTCMD")?.value ?? "pfexec",
    searchFolders: () => {
      const now = openWorkspace(request.workspace, request.workspace);
      return now.ok ? searchFolders(now.value) : [];
    },
    retention: retentionRule(readUserConfig(environment).config),
    measureImage: async (folder) =>
      (await import("../engine/image/inspect/image-fill.ts")).imageFill(folder),
  });
  greet({ ready: build.folder });
  markInOneGo();
  await host.run();
  return 0;
};

function openOrSayWhy(
  folder: string,
  program: string,
  table: ProcessTable,
): Result<OpenBuild | LockOwner> {
  try {
    return ok(openBuild(folder, program, table, systemClock));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (isDiskFull(error)) {
      return fail("cannot-write", fullDiskSentence(folder), fullDiskAdvice(dirname(folder)));
    }
    if (code === "EROFS" || code === "EACCES") return fail("cannot-write", message);
    throw error;
  }
}

/** `smartbuild __revive FOLDER`: the last act of a stage's wrapper whose host is dead. */
export const reviveCommand: Command = async ([folder = ""], io) => {
  const state = readBuild(folder);
  if (state !== undefined) await ensureHost(io.program, folder, state, processTable(), new Date());
  return 0;
};
