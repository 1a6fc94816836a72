// Invariant: reads the builds before one, newest first and no more of them than estimates need; a
// build that cannot be read tells nothing.
import { basename, dirname } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { buildFolders, readBuild } from "./builds.ts";
import { pastRuns, runsKept, type PastRunsRead } from "./estimate.ts";
import type { BuildState } from "./state.ts";

/** Builds looked at, at most: most of them run only a few stages. */
const buildsRead = 40;

/** What the builds before the one in `folder` tell. Other work gets its turn between two of them. */
export async function readPastRuns(folder: string): Promise<PastRunsRead> {
  const folders = buildFolders(dirname(folder));
  const at = folders.findIndex((one) => basename(one) === basename(folder));
  const builds: BuildState[] = [];
  const successes = new Map<string, number>();
  const wanted = (readBuild(folder)?.stages ?? []).filter(({ planned }) => planned);
  for (const one of folders.slice(at + 1, at + 1 + buildsRead)) {
    const build = readBuild(one);
    await turn();
    if (build === undefined || build.state === "running") continue;
    builds.push(build);
    for (const { name, attempts } of build.stages) {
      const good = attempts.filter(({ state }) => state === "succeeded").length;
      if (good > 0) successes.set(name, (successes.get(name) ?? 0) + good);
    }
    // Twice as many, for they may be of several kinds.
    if (wanted.every(({ name }) => (successes.get(name) ?? 0) >= 2 * runsKept)) break;
  }
  return pastRuns(builds);
}
