// Invariant: the builds page sees the disk through these functions; an image is verified by a command
// of its own, and only its verdict is kept.
import { statSync } from "node:fs";
import { join, relative } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { changesSince } from "../engine/diagnosis/changes.ts";
import { logBytes, retentionRule } from "../engine/host/retention.ts";
import { readBuild } from "../engine/journal/builds.ts";
import { readLogsDropped } from "../engine/journal/dropped-logs.ts";
import { pastBuilds, type PastBuild } from "../engine/journal/past-builds.ts";
import { replacedBy } from "../engine/journal/replaced.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { verificationOf, writeVerified } from "../engine/journal/verified.ts";
import { cleanText } from "../engine/logs/clean.ts";
import { runTool } from "../engine/process/run-tool.ts";
import { readUserConfig } from "../engine/settings/user-config.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";
import type { BuildsPorts, OnDisk } from "../ui/pages/builds/ports.ts";
import type { Io } from "./io.ts";

/** Verifying a large image takes minutes; after this many milliseconds it hangs. */
const longestVerifyMs = 3_600_000;
/** Builds whose logs are weighed before others get their turn. */
const piece = 20;

/** What the builds page of a workspace's console is given. */
export function buildsPorts(io: Io, workspace: Workspace): BuildsPorts {
  const weights = new Map<string, number>();
  return {
    list: (known) => pastBuilds(workspace.paths.smartbuildLog, known),
    read: readBuild,
    onDisk: (build, builds) => buildOnDisk(build, builds, workspace.root),
    logUse: async (builds) => {
      let bytes = 0;
      for (const [index, build] of builds.entries()) {
        const isFinal = build.state !== "running" && index > 0;
        const known = isFinal ? weights.get(build.folder) : undefined;
        const own = known ?? logBytesIn(build.folder);
        weights.set(build.folder, own);
        bytes += own;
        if (known === undefined && index % piece === 0) await breathe();
      }
      return { bytes, rule: retentionRule(readUserConfig(io.env).config) };
    },
    commits: (older, newer) => commitsBetween(older, newer, workspace.root),
    verify: (build) => verify(build, io, workspace.root),
  };
}

/** What the workspace at `root` holds of a build; `builds`: all of them, newest first. */
export function buildOnDisk(build: PastBuild, builds: readonly PastBuild[], root: string): OnDisk {
  const dropped = readLogsDropped(build.folder);
  const verification = verificationOf(build, builds, root);
  return {
    logBytes: logBytesIn(build.folder),
    ...(dropped === undefined
      ? {}
      : { dropped: `logs dropped on ${dropped.at.slice(0, 10)} to make room` }),
    made: build.artefacts.map(({ path, bytes }) => {
      const isThere = statSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
      const by = isThere ? replacedBy(path, build, builds) : undefined;
      return { path, bytes, isThere, ...(by === undefined ? {} : { replacedBy: by }) };
    }),
    ...(verification === undefined ? {} : { verification }),
  };
}

function logBytesIn(folder: string): number {
  const state = readBuild(folder);
  return state === undefined ? 0 : logBytes(folder, state);
}

/** What git knows of the way from one build to the other, a line each. */
async function commitsBetween(
  older: BuildState,
  newer: BuildState,
  root: string,
): Promise<readonly string[]> {
  const [from, to] = [older.sources, newer.sources];
  if (from === undefined || to === undefined) return [];
  const changes = await changesSince({
    root,
    good: {
      folder: "",
      build: older.build,
      at: older.startedAt,
      log: "",
      fingerprint: from,
      fragments: from.fragments,
    },
    now: to,
    fragments: to.fragments,
    named: [],
  });
  if (changes === undefined) return [];
  const { commits, commitCount, unlisted = [] } = changes;
  const more = commitCount === undefined ? 0 : commitCount - commits.length;
  return [
    ...commits.map(({ repository, id, subject }) =>
      repository === "." ? `${id} ${subject}` : `${id} ${repository}: ${subject}`,
    ),
    ...(more > 0 ? [`and ${more} more commits`] : []),
    ...unlisted.map((name) => `${name}: git cannot list the commits between`),
  ];
}

interface Verdict {
  readonly compared: number;
  readonly summed: number;
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

/** Runs `image verify` on the image of a build and keeps its verdict; a sentence when it has none. */
async function verify(build: PastBuild, io: Io, root: string): Promise<string | undefined> {
  const [node = "", ...program] = io.program;
  if (build.image === undefined) return "This build made no image.";
  const archive = join(root, build.image.archive);
  const before = statSync(archive, { throwIfNoEntry: false });
  if (before === undefined) return `${relative(root, archive)} is not there any more.`;
  const argv = [...program, "image", "verify", "--root", root, "--json", archive];
  const { stdout, stderr } = await runTool(node, argv, root, {}, longestVerifyMs);
  let verdict: Verdict;
  try {
    verdict = JSON.parse(stdout) as Verdict;
  } catch {
    const said = stderr.split("\n")[0] ?? "";
    return `It could not be verified: ${cleanText(said) || "smartbuild image verify said nothing"}`;
  }
  const [first] = verdict.problems;
  try {
    writeVerified(build.folder, {
      at: new Date().toISOString(),
      problemCount: verdict.problems.length,
      ...(first === undefined ? {} : { firstProblem: cleanText(`${first.path} ${first.message}`) }),
      compared: verdict.compared,
      summed: verdict.summed,
      bytes: before.size,
      mtimeMs: before.mtimeMs,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `Verified, ${verdict.problems.length} problems, but that cannot be kept: ${reason}`;
  }
  return undefined;
}
