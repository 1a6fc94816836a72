// Invariant: a path belongs to the component whose log installs it, the last one where there are more;
// only what the area has is listed.
import { existsSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { isFolder } from "../../workspace/file-facts.ts";
import type { PrintedLog } from "../printed/printed-logs.ts";

const installer = /(?:^|[\s;(])(?:\S*\/)?(?:g?install|install-sh|cp|ln|mv|rsync)\s+(.*)/;

/**
 * Components by the path below an area (absolute) that they install, read from install lines.
 * `destination`: the area as the lines name it, where it was moved since.
 */
export function installedBy(
  logs: readonly PrintedLog[],
  area: string,
  destination = area,
): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { component, lines } of logs) {
    for (const line of lines()) {
      if (!line.includes(destination)) continue;
      for (const command of line.split(/&&|\|\||;/)) {
        for (const path of pathsOf(command, area, destination)) owners.set(path, component);
      }
    }
  }
  return owners;
}

/** The paths below the area that a command installs. */
function pathsOf(command: string, area: string, destination: string): readonly string[] {
  const words = installer.exec(command)?.[1]?.split(/\s+/).map(unquoted) ?? [];
  const target = words.findLast((word) => word.startsWith(`${destination}/`));
  if (target === undefined) return [];
  const below = posix.normalize(target.slice(destination.length + 1)).replace(/\/$/, "");
  const candidates = isFolder(join(area, below))
    ? words
        .filter((word) => word !== target && word !== "" && !word.startsWith("-"))
        .map((word) => posix.join(below, basename(word)))
    : [below];
  return candidates.filter((path) => existsSync(join(area, path)) && !isFolder(join(area, path)));
}

function unquoted(word: string): string {
  return word.replace(/^["']|["']$/g, "");
}
