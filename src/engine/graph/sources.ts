// Invariant: fragments are known by their hashes alone; their texts, which may hold passwords, are
// never kept.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Fingerprint, Sources } from "../journal/events.ts";
import { namesIn } from "../workspace/file-facts.ts";

/** What people write for configure, in both layouts; what configure makes of it is none of these. */
const fragmentName = /^(?:configure\.|(?:default\.)?configure-(?:build|projects)$)/;

/** Hash of each file at the top of the workspace that configure reads, by its name. */
export function fragmentHashes(root: string): Record<string, string> {
  const found: [string, string][] = [];
  for (const name of namesIn(root).filter((one) => fragmentName.test(one))) {
    try {
      const bytes = readFileSync(join(root, name));
      found.push([name, createHash("sha256").update(bytes).digest("hex").slice(0, 16)]);
    } catch {
      // A folder, or not ours to read: configure will say so.
    }
  }
  return Object.fromEntries(found.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** What a build is made from: all that its stages are, each repository once. */
export function sourcesOf(root: string, fingerprints: readonly Fingerprint[]): Sources {
  const marks = fingerprints.flatMap(({ repositories }) => repositories);
  return {
    repositories: [...new Map(marks.map((mark) => [mark.name, mark])).values()],
    settings: Object.assign({}, ...fingerprints.map(({ settings }) => settings)) as Record<
      string,
      string
    >,
    fragments: fragmentHashes(root),
  };
}
