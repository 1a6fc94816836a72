// Invariant: what cannot be read of an earlier build is as if it had kept nothing.
import { basename } from "node:path";
import { hasDelivered, readDelivered } from "../image/shipped/delivered-list.ts";
import { buildFolders } from "../journal/builds.ts";
import type { EarlierRights, Rights } from "./earlier-rights.ts";
import { isRunAsOther } from "./runs-as-other.ts";

/**
 * The setuid and setgid programs of the newest build that kept what its image got; undefined when
 * none did. `logFolder`: absolute, that of all builds.
 */
export function readEarlier(logFolder: string): EarlierRights | undefined {
  const folder = buildFolders(logFolder).find(hasDelivered);
  if (folder === undefined) return undefined;
  const read = readDelivered(folder);
  if (!read.ok) return undefined;
  const byPath = new Map<string, Rights>();
  for (const { path, type, mode, user, group } of read.value) {
    if (mode === undefined || !isRunAsOther(type, mode)) continue;
    byPath.set(path, { mode, owner: `${user ?? "?"}:${group ?? "?"}` });
  }
  return { build: basename(folder), byPath };
}
