// Invariant: the demo builds a copy; the bundled tree itself is never written to.
import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { buildFolders, readBuild } from "../engine/journal/builds.ts";
import { runTool } from "../engine/process/run-tool.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import { typedWord } from "../engine/settings/typed-word.ts";
import { findProgram, makeProgram } from "../engine/workspace/host-probe.ts";
import type { Layout } from "../engine/workspace/probes.ts";
import { openWorkspace, type Workspace } from "../engine/workspace/workspace.ts";
import { wrapped } from "../ui/present/wrapped.ts";
import { inject, injections, isInjected, isInjection, mend } from "./demo-inject.ts";
import { report, type Command, type Io } from "./io.ts";
import { helpText, parse, type Usage } from "./options.ts";
import { runOptions, runTargets } from "./run.ts";
import { showBuild, showing } from "./show-build.ts";

export const demoUsage: Usage = {
  synopsis: "demo [DIR]",
  summary: "Copies the bundled small tree to DIR (default ./demo-LAYOUT) and builds it.",
  options: {
    layout: { type: "string", value: "LAYOUT", help: "classic (the default) or modern" },
    "no-run": { type: "boolean", help: "only make the copy" },
    inject: {
      type: "string",
      value: "FAULT",
      help: `break it first: ${injections.join(", ")}`,
    },
    mend: { type: "boolean", help: "take back what --inject broke" },
    ...runOptions,
  },
};

/** Cells that sentences are told in. */
const toldWidth = 78;

/** Folders of the tree that are repositories of their own, as in a real one. */
const repositories = [".", "projects/illumos", "projects/illumos-extra"];

/** `smartbuild demo` */
export const demoCommand: Command = async (argv, io) => {
  const parsed = parse(argv, demoUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values, words } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(demoUsage));
    return 0;
  }
  const fault = values.get("inject");
  if (fault !== undefined && !isInjection(fault)) {
    const known = `There are: ${injections.join(", ")}.`;
    return report(io, fail("usage", `The demo cannot be broken by ${fault}.`, known).failure);
  }
  const layout = values.get("layout") ?? "classic";
  if (layout !== "classic" && layout !== "modern") {
    return report(io, fail("usage", `The layouts are classic and modern, not ${layout}.`).failure);
  }
  const folder = resolve(io.cwd, words[0] ?? `demo-${layout}`);
  const made = await makeDemo(io, folder, layout);
  if (!made.ok) return report(io, made.failure);
  if (flags.has("mend")) {
    const files = mend(folder);
    const words =
      files.length === 0 ? "Nothing is broken on purpose." : `Mended ${files.join(", ")}.`;
    io.stderr.write(`${words}\n`);
  }
  const broken = fault === undefined ? ok([]) : inject(folder, fault);
  if (!broken.ok) return report(io, broken.failure);
  const mending = mendCommand(words[0], layout);
  const tell = (): void => {
    // Who has mended it meanwhile is not told to do it.
    if (fault === undefined || !isInjected(folder, fault)) return;
    const lines = broken.value.flatMap((sentence) => wrapped(sentence, toldWidth));
    io.stderr.write([...lines, `  ${mending}`].map((line) => `${line}\n`).join(""));
  };
  const how = showing(io, flags);
  const isWatched = how !== "plain" && how !== "json" && !flags.has("detach");
  // A screen hides what stands above it until it is left.
  const isHidden = how === "screen" && isWatched && !flags.has("no-run");
  if (!isHidden) tell();
  if (flags.has("no-run")) {
    io.stdout.write(`The demo tree is in ${folder}. Build it: cd ${folder} && smartbuild run\n`);
    return 0;
  }
  if (!isWatched) return runTargets(io, parsed.value, folder, []);
  // Started a second time, the demo shows the build that runs, or the one that was made.
  const shown = await showRunning(io, folder, flags);
  const showMade = (workspace: Workspace): Promise<number> => showNewest(io, workspace, flags);
  const code = shown ?? (await runTargets(io, parsed.value, folder, [], showMade));
  if (isHidden) tell();
  return code;
};

/** Takes back what is broken in the tree that was asked for. */
function mendCommand(folder: string | undefined, layout: Layout): string {
  return [
    "smartbuild demo",
    ...(folder === undefined ? [] : [typedWord(folder)]),
    ...(layout === "classic" ? [] : [`--layout ${layout}`]),
    "--mend",
  ].join(" ");
}

async function showRunning(
  io: Io,
  folder: string,
  flags: ReadonlySet<string>,
): Promise<number | undefined> {
  const workspace = openWorkspace(folder, folder);
  if (!workspace.ok) return undefined;
  const newest = buildFolders(workspace.value.paths.smartbuildLog)[0];
  const isRunning = newest !== undefined && readBuild(newest)?.state === "running";
  return isRunning ? showNewest(io, workspace.value, flags) : undefined;
}

async function showNewest(
  io: Io,
  workspace: Workspace,
  flags: ReadonlySet<string>,
): Promise<number> {
  const newest = buildFolders(workspace.paths.smartbuildLog)[0];
  if (newest !== undefined) return showBuild(io, workspace, newest, flags);
  const { openConsole } = await import("./open-console.ts");
  return openConsole(io, workspace, undefined, flags.has("ascii"));
}

/** Copies the bundled tree unless it is there already. */
async function makeDemo(io: Io, folder: string, layout: Layout): Promise<Result<undefined>> {
  const path = io.env["PATH"] ?? "";
  const missing = [
    ...(findProgram("gcc", path) === undefined ? ["gcc"] : []),
    ...(makeProgram(path) === undefined ? ["make"] : []),
    ...(findProgram("git", path) === undefined ? ["git"] : []),
  ];
  if (missing.length > 0) {
    return fail(
      "missing-tool",
      `The demo is really compiled, and this host has no ${missing.join(" and no ")}.`,
      `Install what is missing: apt-get install ${missing.join(" ")}`,
    );
  }
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    const there = openWorkspace(folder, folder);
    const wrong = there.ok
      ? there.value.layout === layout
        ? undefined
        : `is a tree of the ${there.value.layout} layout`
      : `is no demo tree: ${there.failure.message}`;
    if (wrong === undefined) return ok(undefined);
    return fail(
      "bad-input",
      `${folder} exists and ${wrong}`,
      "Name another folder: smartbuild demo DIR",
    );
  }
  const copied = await copyTree(folder, layout);
  if (copied !== undefined) {
    return fail(
      "cannot-write",
      `Cannot copy the demo tree to ${folder}: ${copied}`,
      "Name a folder you can write: smartbuild demo DIR",
    );
  }
  const opened = openWorkspace(folder, folder);
  if (!opened.ok) return opened;
  const local = readdirSync(join(folder, "projects/local")).map((name) => `projects/local/${name}`);
  // Inner repositories first, so that the outer one sees folders that are not its own.
  for (const repository of [...local, ...repositories].reverse()) {
    await makeRepository(join(folder, repository));
  }
  return ok(undefined);
}

/** Puts the bundled tree into a folder; the reason when that failed. */
async function copyTree(folder: string, layout: Layout): Promise<string | undefined> {
  try {
    mkdirSync(folder, { recursive: true });
    if (layout === "classic") {
      cpSync(bundledTree("mini-live"), folder, { recursive: true, preserveTimestamps: false });
      return undefined;
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const assemble = join(bundledTree("mini-live-modern"), "assemble");
  const result = await runTool("bash", [assemble, folder], folder);
  return result.ok ? undefined : result.stderr;
}

/** One commit with everything in it, by nobody in particular. */
async function makeRepository(folder: string): Promise<void> {
  const identity = ["-c", "user.name=smartbuild demo", "-c", "user.email=demo@localhost"];
  for (const argv of [
    ["init", "-q", "-b", "master"],
    ["add", "-A"],
    [...identity, "-c", "commit.gpgsign=false", "commit", "-q", "-m", "The demo tree"],
  ]) {
    const result = await runTool("git", argv, folder);
    if (!result.ok) throw new Error(`git ${argv.join(" ")} in ${folder}: ${result.stderr}`);
  }
}

function bundledTree(name: string): string {
  return join(dirname(fileURLToPath(import.meta.url)), "..", "examples", name);
}
