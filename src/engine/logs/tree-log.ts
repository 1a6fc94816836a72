// Invariant: says where a log of the tree's own stands now, by names and times alone; reads none.
import { basename, dirname, join } from "node:path";
import { namesIn, statOf } from "../workspace/file-facts.ts";

/**
 * The file that a further log's path stands for. A `*` in its last part is what a tool puts there
 * anew each time (tools/build_live: `log/build_live.STAMP.SECONDS.log`): then it is the youngest
 * such file; undefined when there is none.
 *
 * @param path below the workspace
 */
export function treeLog(workspace: string, path: string): string | undefined {
  const [start, end] = basename(path).split("*");
  if (start === undefined || end === undefined) return join(workspace, path);
  const folder = join(workspace, dirname(path));
  let youngest: { readonly path: string; readonly time: number } | undefined;
  for (const name of namesIn(folder)) {
    if (!name.startsWith(start) || !name.endsWith(end)) continue;
    const time = statOf(join(folder, name))?.mtimeMs;
    if (time === undefined || (youngest !== undefined && time < youngest.time)) continue;
    youngest = { path: join(folder, name), time };
  }
  return youngest?.path;
}
