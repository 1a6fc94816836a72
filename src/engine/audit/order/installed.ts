// Invariant: a path belongs to the component whose log installs it, the last one where there are more;
// only what the proto area has is listed.
import { existsSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { isFolder } from "../../workspace/file-facts.ts";
import type { ComponentLog } from "./component-logs.ts";

const installer = /(?:^|[\s;(])(?:\S*\/)?(?:g?install|install-sh|cp|ln|mv|rsync)\s+(.*)/;

/** Components by the path below `proto` (absolute) that they install, read from install lines. */
export function installedBy(
  logs: readonly ComponentLog[],
  proto: string,
): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { component, lines } of logs) {
    for (const line of lines()) {
      if (!line.includes(proto)) continue;
      for (const command of line.split(/&&|\|\||;/)) {
        for (const path of pathsOf(command, proto)) owners.set(path, component);
      }
    }
  }
  return owners;
}

/** The paths below the proto area that a command installs. */
function pathsOf(command: string, proto: string): readonly string[] {
  const words = installer.exec(command)?.[1]?.split(/\s+/).map(unquoted) ?? [];
  const target = words.findLast((word) => word.startsWith(`${proto}/`));
  if (target === undefined) return [];
  const below = posix.normalize(target.slice(proto.length + 1)).replace(/\/$/, "");
  const candidates = isFolder(join(proto, below))
    ? words
        .filter((word) => word !== target && word !== "" && !word.startsWith("-"))
        .map((word) => posix.join(below, basename(word)))
    : [below];
  return candidates.filter((path) => existsSync(join(proto, path)) && !isFolder(join(proto, path)));
}

function unquoted(word: string): string {
  return word.replace(/^["']|["']$/g, "");
}
