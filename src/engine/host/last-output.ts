// Invariant: reads the times of files only; a log that is not there has never been written.
import { statSync } from "node:fs";
import { join } from "node:path";
import type { Attempt } from "../journal/state.ts";
import { treeLog } from "../logs/tree-log.ts";

/**
 * When an attempt last wrote to one of its logs, the tree's own among them; when it started where
 * it has not written yet. Milliseconds of the epoch.
 */
export function lastOutputAt(
  { log, furtherLogs, startedAt }: Attempt,
  buildFolder: string,
  workspace: string,
): number {
  const further = furtherLogs.flatMap(({ path }) => treeLog(workspace, path) ?? []);
  const files = [join(buildFolder, log), ...further];
  return Math.max(Date.parse(startedAt), ...files.map(writtenAt));
}

function writtenAt(path: string): number {
  try {
    return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  } catch {
    return 0;
  }
}
