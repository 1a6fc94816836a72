// Invariant: what is kept is what the image builder was given when it succeeded; that nothing could
// be kept never fails a build.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DeliveredEntry } from "../../manifest/query-diff.ts";
import type { Shipped, ShippedEntry } from "../../manifest/query.ts";
import { openWorkspace } from "../../workspace/workspace.ts";
import { errorReason } from "../sources.ts";
import { writeDelivered } from "./delivered-list.ts";
import { readShipped } from "./read-shipped.ts";

const archiveManifest = "i86pc/amd64/boot_archive.manifest";

/**
 * Keeps with a build what its image got: the entries of the manifest, and the sums of the image's
 * MD5 manifest in `output` (absolute). A sentence when that failed.
 */
export async function keepDelivered(
  root: string,
  output: string,
  buildFolder: string,
): Promise<string | undefined> {
  const workspace = openWorkspace(root, root);
  if (!workspace.ok) return workspace.failure.message;
  const read = await readShipped(workspace.value);
  if (!read.ok) return read.failure.message;
  try {
    writeDelivered(buildFolder, deliveredEntries(read.value.shipped, readSums(output)));
    return undefined;
  } catch (error) {
    return `cannot keep what the image got: ${errorReason(error)}`;
  }
}

/** What ships, in the form in which it is compared. `sums`: MD5 by path. */
export function deliveredEntries(
  { entries }: Pick<Shipped, "entries">,
  sums: ReadonlyMap<string, string> = new Map(),
): readonly DeliveredEntry[] {
  return entries.flatMap((entry): DeliveredEntry[] => {
    const { state } = entry;
    // An image that was made all the same, without them, does not have them.
    return state === "failed" || state === "undelivered"
      ? []
      : [deliveredEntry(entry, sums.get(entry.path))];
  });
}

function deliveredEntry(entry: ShippedEntry, md5: string | undefined): DeliveredEntry {
  const { path, type, mode, user, group, target, size, modified } = entry;
  return {
    ...{ path, type },
    ...(mode === undefined ? {} : { mode }),
    ...(user === undefined ? {} : { user }),
    ...(group === undefined ? {} : { group }),
    ...(target === undefined ? {} : { target }),
    ...(type !== "f" || size === undefined ? {} : { size }),
    ...(md5 === undefined ? {} : { md5 }),
    ...(modified === undefined ? {} : { modified }),
  };
}

/** The sums of the newest platform folder's MD5 manifest; none where there is none. */
function readSums(output: string): ReadonlyMap<string, string> {
  const sums = new Map<string, string>();
  const newest = newestManifest(output);
  if (newest === undefined) return sums;
  for (const line of readFileSync(newest, "utf8").split("\n")) {
    const [, escaped, md5, path] = /^(\\?)([0-9a-f]{32}) [ *]\.\/(.*)$/.exec(line) ?? [];
    if (md5 === undefined || path === undefined) continue;
    sums.set(escaped === "" ? path : path.replaceAll("\\\\", "\\"), md5);
  }
  return sums;
}

function newestManifest(output: string): string | undefined {
  let names: readonly string[];
  try {
    names = readdirSync(output).filter((name) => /^platform-(?!latest).*[^z]$/.test(name));
  } catch {
    return undefined;
  }
  const found = names.flatMap((name) => {
    const path = join(output, name, archiveManifest);
    const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    return time === undefined ? [] : [{ path, time }];
  });
  return found.sort((a, b) => b.time - a.time)[0]?.path;
}
