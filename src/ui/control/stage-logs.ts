// Invariant: says which files hold the output of an attempt and which of them to look at; reads
// their names and times only.
import { statSync } from "node:fs";
import { join } from "node:path";
import type { Attempt } from "../../engine/journal/state.ts";
import { treeLog } from "../../engine/logs/tree-log.ts";

/** One of the logs of an attempt. */
export interface StageLog {
  /** Name below the build's folder, as problems give it. */
  readonly file: string;
  /** Where to read it now. */
  readonly path: string;
}

/** While the stage itself has been quiet for so long, a further log that grows is shown. */
const quietMs = 1500;

/** The stage's own log, then the further logs that this attempt has begun to write. */
export function logsOf(
  attempt: Attempt,
  buildFolder: string,
  workspace: string,
): readonly StageLog[] {
  const started = Date.parse(attempt.startedAt);
  const further = attempt.furtherLogs.flatMap(({ path, keptAs }): StageLog[] => {
    const kept = join(buildFolder, keptAs);
    if (changedAt(kept) !== undefined) return [{ file: keptAs, path: kept }];
    const live = treeLog(workspace, path);
    if (live === undefined) return [];
    // A file from an earlier build is not this attempt's.
    return (changedAt(live) ?? 0) >= started - 1000 ? [{ file: keptAs, path: live }] : [];
  });
  return [{ file: attempt.log, path: join(buildFolder, attempt.log) }, ...further];
}

/** An own log with fewer bytes only says that others have it all. */
const fewBytes = 4096;

/**
 * The log to look at: the stage's own, unless while it runs only a further one grows, or in the end a
 * further one has all that was printed.
 */
export function busiestLog(logs: readonly StageLog[], isRunning: boolean): StageLog | undefined {
  const [own, ...further] = logs;
  if (own === undefined || further.length === 0) return own;
  if (!isRunning) {
    const sizes = further.map((log) => ({ log, bytes: bytesOf(log.path) }));
    const longest = sizes.reduce((a, b) => (b.bytes > a.bytes ? b : a));
    return bytesOf(own.path) < fewBytes && longest.bytes > fewBytes ? longest.log : own;
  }
  const ownTime = changedAt(own.path) ?? 0;
  const times = further.map((log) => ({ log, time: changedAt(log.path) ?? 0 }));
  const latest = times.reduce((a, b) => (b.time > a.time ? b : a));
  return latest.time > ownTime + quietMs ? latest.log : own;
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function changedAt(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  } catch {
    return undefined;
  }
}
