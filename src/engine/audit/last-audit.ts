// Invariant: reads what an audit told in a build's log; looks at no delivered file.
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { buildFolders } from "../journal/builds.ts";
import type { EntryFinding } from "../manifest/query.ts";

/** As `smartbuild audit --lines` prints it: path, component, sentence, kind. */
const line = /^audit finding: (.+?)(?: \([^)]*\))?: (.+) \[([a-z-]+) .+\]$/;

/**
 * The new findings of the newest audit that ran as a stage, by path; none when none ran. `logFolder`:
 * that of all builds; `stage`: the name of the stage.
 */
export function readLastAudit(
  logFolder: string,
  stage: string,
): ReadonlyMap<string, readonly EntryFinding[]> {
  const byPath = new Map<string, EntryFinding[]>();
  const log = newestLog(logFolder, stage);
  if (log === undefined) return byPath;
  for (const text of log.text.split("\n")) {
    const [, path, message, kind] = line.exec(text) ?? [];
    if (path === undefined || message === undefined || kind === undefined) continue;
    const own = byPath.get(path) ?? [];
    own.push({
      kind,
      severity: "warning",
      message,
      advice: `Found in build ${log.build}; \`smartbuild audit ${path}\` says what to do.`,
    });
    byPath.set(path, own);
  }
  return byPath;
}

function newestLog(
  logFolder: string,
  stage: string,
): { readonly build: string; readonly text: string } | undefined {
  for (const folder of buildFolders(logFolder)) {
    try {
      const attempts = readdirSync(folder).flatMap((name) => {
        const [, owner, attempt] = /^(.+)\.(\d+)\.log$/.exec(name) ?? [];
        return owner === stage ? [Number(attempt)] : [];
      });
      if (attempts.length === 0) continue;
      const path = join(folder, `${stage}.${Math.max(...attempts)}.log`);
      return { build: basename(folder).split("-", 1)[0] ?? "", text: readFileSync(path, "utf8") };
    } catch {
      // Its logs were dropped meanwhile: an older build may have one.
    }
  }
  return undefined;
}
