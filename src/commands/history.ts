// Invariant: history tells what the journals tell and changes nothing.
import { join, relative } from "node:path";
import { logBytes, retentionRule } from "../engine/host/retention.ts";
import { summaryLines } from "../engine/host/summary.ts";
import { buildFolders, readBuild } from "../engine/journal/builds.ts";
import { readLogsDropped } from "../engine/journal/dropped-logs.ts";
import { pastBuild, pastBuilds, type PastBuild } from "../engine/journal/past-builds.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { verificationOf, verificationText } from "../engine/journal/verified.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import { readUserConfig } from "../engine/settings/user-config.ts";
import { openWorkspace, type Workspace } from "../engine/workspace/workspace.ts";
import { buildLines, fillText, ruleLine, type LogsKept } from "./history-text.ts";
import { report, type Command, type Io } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";

export const historyUsage: Usage = {
  synopsis: "history [BUILD]",
  summary: "Lists the builds of the workspace, or tells of one (by its name or number).",
  options: {
    ...rootOption,
    all: { type: "boolean", help: "all builds, not the newest twenty" },
    json: { type: "boolean", help: "one JSON object (docs/events.md)" },
  },
  notes: [
    "Logs of old builds are dropped when a build starts: keepBuilds (50) and keepBytes",
    "(10000000000) in ~/.config/smartbuild/config.json say how many and how much is kept.",
    "What builds were, took and made stays.",
  ],
};

const mostShown = 20;

/** `smartbuild history` */
export const historyCommand: Command = async (argv, io) => {
  const parsed = parse(argv, historyUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values, words } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(historyUsage));
    return 0;
  }
  const workspace = openWorkspace(io.cwd, values.get("root"));
  if (!workspace.ok) return report(io, workspace.failure);
  const name = words[0];
  if (name === undefined) return listBuilds(io, workspace.value, flags);
  const found = namedBuild(workspace.value, name);
  if (!found.ok) return report(io, found.failure);
  const { folder, state } = found.value;
  const builds = await allBuilds(workspace.value);
  const lines = flags.has("json")
    ? [
        JSON.stringify({
          version: 1,
          ...buildObject(pastBuild(folder, state), builds, workspace.value),
        }),
      ]
    : oneBuild(io, folder, state, builds);
  print(io, lines);
  return 0;
};

async function listBuilds(
  io: Io,
  workspace: Workspace,
  flags: ReadonlySet<string>,
): Promise<number> {
  const builds = await allBuilds(workspace);
  const { config, file } = readUserConfig(io.env);
  const rule = retentionRule(config);
  if (flags.has("json")) {
    const listed = builds.map((build) => buildObject(build, builds, workspace));
    print(io, [
      JSON.stringify({
        version: 1,
        keepBuilds: rule.builds,
        keepBytes: rule.bytes,
        builds: listed,
      }),
    ]);
    return 0;
  }
  if (builds.length === 0) {
    print(io, [`Nothing has been built in ${workspace.root} yet. Start with: smartbuild run`]);
    return 0;
  }
  const shown = flags.has("all") ? builds : builds.slice(0, mostShown);
  const kept = new Map(builds.map((build) => [build, logsOf(build.folder)]));
  const bytes = [...kept.values()].reduce((sum, logs) => sum + logs.bytes, 0);
  const more = builds.length - shown.length;
  print(io, [
    ...shown.flatMap((build) => [
      ...buildLines(build, kept.get(build) ?? { bytes: 0 }, relative(workspace.root, build.folder)),
      "",
    ]),
    ...(more > 0 ? [`and ${more} older builds: smartbuild history --all`, ""] : []),
    ruleLine(rule, bytes, file),
  ]);
  return 0;
}

/** Newest first. */
async function allBuilds({ paths }: Workspace): Promise<readonly PastBuild[]> {
  const builds: PastBuild[] = [];
  for await (const piece of pastBuilds(paths.smartbuildLog)) builds.push(...piece);
  return builds;
}

/** The build of that name or number. */
function namedBuild(
  { paths, root }: Workspace,
  name: string,
): Result<{ readonly folder: string; readonly state: BuildState }> {
  const folders = buildFolders(paths.smartbuildLog);
  const folder =
    folders.find((each) => each === join(paths.smartbuildLog, name)) ??
    (/^\d+$/.test(name)
      ? folders.find((each) => Number.parseInt(relative(paths.smartbuildLog, each), 10) === +name)
      : undefined);
  const state = folder === undefined ? undefined : readBuild(folder);
  return folder === undefined || state === undefined
    ? fail(
        "bad-input",
        `There is no build ${name} in ${root}.`,
        "`smartbuild history --all` lists them.",
      )
    : ok({ folder, state });
}

function oneBuild(
  io: Io,
  folder: string,
  state: BuildState,
  builds: readonly PastBuild[],
): string[] {
  const build = pastBuild(folder, state);
  const verification = verificationOf(build, builds, state.workspace);
  const logs = logsOf(folder);
  return [
    ...summaryLines(state, { buildFolder: folder, cwd: io.cwd, now: Date.now() }),
    ...(build.image?.volumes ?? []).map((volume) => `  holds   ${fillText(volume)}`),
    ...(verification === undefined ? [] : [`  image   ${verificationText(verification)}`]),
    `  kept    ${relative(io.cwd, folder) || "."}: ${logs.dropped ?? `${logs.bytes} bytes of logs`}`,
  ];
}

function logsOf(folder: string): LogsKept {
  const state = readBuild(folder);
  const dropped = readLogsDropped(folder);
  return {
    bytes: state === undefined ? 0 : logBytes(folder, state),
    ...(dropped === undefined
      ? {}
      : { dropped: `logs dropped on ${dropped.at.slice(0, 10)} for build ${dropped.by}` }),
  };
}

/** One build of `history --json`; docs/events.md describes it. */
function buildObject(
  build: PastBuild,
  builds: readonly PastBuild[],
  workspace: Workspace,
): Record<string, unknown> {
  const { bytes, dropped } = logsOf(build.folder);
  return {
    build: build.build,
    folder: build.folder,
    state: build.state,
    startedAt: build.startedAt,
    durationMs: build.durationMs ?? null,
    exitCode: build.exitCode ?? null,
    targets: build.targets,
    stages: build.stages,
    problems: build.problemCount,
    artefacts: build.artefacts,
    verification: verificationOf(build, builds, workspace.root)?.state ?? null,
    logBytes: bytes,
    logsDropped: dropped ?? null,
  };
}

function print(io: Io, lines: readonly string[]): void {
  io.stdout.write(lines.map((line) => `${line}\n`).join(""));
}
