// Invariant: only logs go, and of no build that runs, that is the newest or the one before it, or
// the newest that succeeded; what a build was and took stays in its journal.
import { accessSync, constants, lstatSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { buildFolders, readBuild } from "../journal/builds.ts";
import { writeLogsDropped, type RetentionRule } from "../journal/dropped-logs.ts";
import type { BuildState } from "../journal/state.ts";
import type { UserConfig } from "../settings/user-config.ts";
import { attemptFiles, buildFiles } from "./build-files.ts";

/** The rule as a person has set it. */
export function retentionRule(config: Pick<UserConfig, "keepBuilds" | "keepBytes">): RetentionRule {
  return { builds: config.keepBuilds, bytes: config.keepBytes };
}

/** A build whose logs have to go. */
export interface OldLogs {
  readonly folder: string;
  readonly bytes: number;
}

interface Weighed {
  readonly folder: string;
  readonly state: BuildState;
  readonly bytes: number;
}

/**
 * The builds whose logs the rule does not keep, oldest first: those after the newest `rule.builds`,
 * and those after the first that does not fit into `rule.bytes`. `root`: log/smartbuild.
 */
export function oldLogs(root: string, rule: RetentionRule): readonly OldLogs[] {
  const weighed = buildFolders(root).flatMap(weigh);
  const good = weighed.find(({ state }) => state.state === "succeeded");
  const old: OldLogs[] = [];
  let count = 0;
  let bytes = 0;
  let isFull = false;
  for (const [index, build] of weighed.entries()) {
    const isKept = index < 2 || build === good || build.state.state === "running";
    isFull ||= count >= rule.builds || bytes + build.bytes > rule.bytes;
    if (isFull && !isKept) {
      if (build.bytes > 0 && isOurs(build.folder)) old.push(build);
      continue;
    }
    count++;
    bytes += build.bytes;
  }
  return old.reverse().map(({ folder, bytes: own }) => ({ folder, bytes: own }));
}

/** Removes the logs of a build and leaves a word about it. `by`: name of the build that needs room. */
export function dropLogs({ folder, bytes }: OldLogs, by: string, now: Date): void {
  const state = readBuild(folder);
  if (state === undefined) return;
  writeLogsDropped(folder, { at: now.toISOString(), by, bytes });
  for (const path of logPaths(folder, state)) rmSync(path, { force: true });
}

/** Bytes that the logs of a build take. */
export function logBytes(folder: string, state: BuildState): number {
  return logPaths(folder, state).reduce((sum, path) => sum + fileBytes(path), 0);
}

function weigh(folder: string): Weighed[] {
  const state = readBuild(folder);
  if (state === undefined) return [];
  return [{ folder, state, bytes: logBytes(folder, state) }];
}

/** Every file that holds output of the build's stages. */
function logPaths(folder: string, state: BuildState): string[] {
  const own = new Set(Object.values(buildFiles(folder)));
  return state.stages
    .flatMap(({ name, attempts }) =>
      attempts.flatMap((attempt) => [
        attempt.log,
        attemptFiles(name, attempt.number).times,
        ...attempt.furtherLogs.map(({ keptAs }) => keptAs),
      ]),
    )
    .filter((name) => name === basename(name) && /\.\d+\./.test(name))
    .map((name) => join(folder, name))
    .filter((path) => !own.has(path));
}

/** Links are not followed, and not removed. */
function fileBytes(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true ? stat.size : 0;
}

function isOurs(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
