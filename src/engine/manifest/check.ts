// Invariant: reads names only: at most one stat per entry and search directory, nothing is opened.
import { readFileSync, statSync } from "node:fs";
import type { Result } from "../result.ts";
import { fail, ok } from "../result.ts";
import type { ByteText } from "./byte-text.ts";
import { fromBytes, pathIn, toText } from "./byte-text.ts";
import type { EntryType, MalformedLine } from "./entry.ts";
import { parseManifest } from "./parse.ts";

/** An entry whose source (f) or target (h) is in none of the search directories. */
export interface MissingEntry {
  /** The delivered path. */
  readonly path: string;
  readonly type: EntryType;
  /** 1-based, in the manifest that was checked. */
  readonly line: number;
}

/** What a look at one component's manifest finds. */
export interface ManifestCheck {
  readonly missing: readonly MissingEntry[];
  readonly malformed: readonly MalformedLine[];
}

/** Which entries to look at, by delivered path; e.g. the man pages, which a later stage makes. */
export interface CheckLimits {
  readonly only?: RegExp;
  readonly except?: RegExp;
}

/**
 * The entries of one component's manifest that no search directory has: files without a source
 * and hard links whose target neither this manifest nor a search directory delivers. Directories
 * are created and symbolic links may point anywhere, so neither is ever missing.
 */
export function findMissing(
  manifestFile: string,
  searchDirs: readonly string[],
  limits: CheckLimits = {},
): Result<ManifestCheck> {
  let text: ByteText;
  try {
    text = fromBytes(readFileSync(manifestFile));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail("bad-input", `cannot read the manifest ${manifestFile}: ${reason}`);
  }
  const { entries, malformed } = parseManifest(text, manifestFile);
  let delivered: Set<ByteText> | undefined;
  const missing: MissingEntry[] = [];
  for (const entry of entries) {
    if (entry.type === "d" || entry.type === "s") continue;
    if (!isWanted(toText(entry.path), limits)) continue;
    if (entry.type === "h") {
      delivered ??= new Set(entries.map(({ path }) => path));
      if (delivered.has(entry.target) || exists(entry.target, searchDirs)) continue;
    } else if (exists(entry.path, searchDirs)) continue;
    missing.push({ path: toText(entry.path), type: entry.type, line: entry.line });
  }
  return ok({ missing, malformed });
}

function isWanted(path: string, { only, except }: CheckLimits): boolean {
  return (only === undefined || only.test(path)) && !(except?.test(path) ?? false);
}

function exists(path: ByteText, searchDirs: readonly string[]): boolean {
  return searchDirs.some((dir) => {
    try {
      return statSync(pathIn(dir, path), { throwIfNoEntry: false }) !== undefined;
    } catch {
      // Not searchable: whether it is there cannot be told here; placing it will say why it fails.
      return true;
    }
  });
}
