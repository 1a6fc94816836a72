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

/** The log in which something happens: the stage's own, unless only a further one grows. */
export function busiestLog(logs: readonly StageLog[]): StageLog | undefined {
  const [own, ...further] = logs;
  if (own === undefined || further.length === 0) return own;
  const ownTime = changedAt(own.path) ?? 0;
  const times = further.map((log) => ({ log, time: changedAt(log.path) ?? 0 }));
  const latest = times.reduce((a, b) => (b.time > a.time ? b : a));
  return latest.time > ownTime + quietMs ? latest.log : own;
}

function changedAt(path: string): number | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  } catch {
    return undefined;
  }
}
