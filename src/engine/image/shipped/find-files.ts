// Invariant: a file's source is the one the image builder would take; nothing is opened.
import { accessSync, constants, statSync, type Stats } from "node:fs";
import { relative } from "node:path";
import type { ByteText } from "../../manifest/byte-text.ts";
import { pathIn, toText } from "../../manifest/byte-text.ts";
import type { OwnedEntry } from "../../manifest/entry.ts";
import { errorReason } from "../sources.ts";
import { inSlices } from "./slices.ts";

/** What the search folders have of one delivered file. */
export interface FoundSource {
  /** The folder that delivers it, below the workspace; undefined when none has it. */
  readonly source?: string;
  /** Later folders that have it. */
  readonly shadows: readonly string[];
  /** Bytes. */
  readonly size?: number;
  readonly modified?: number;
  /** Why what is there cannot be used, a phrase. */
  readonly unusable?: string;
}

const nowhere: FoundSource = { shadows: [] };

/**
 * Looks for the files in all search folders (absolute), not only in the first that has them. The
 * result is by path; it lacks the rest when the signal came.
 */
export async function findFiles(
  files: readonly OwnedEntry[],
  root: string,
  searchDirs: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<ByteText, FoundSource>> {
  const folders = searchDirs.map((dir) => ({ dir, name: relative(root, dir) || "." }));
  const found = new Map<ByteText, FoundSource>();
  await inSlices(
    files,
    ({ path }) => {
      if (!found.has(path)) found.set(path, look(path, folders));
    },
    signal,
  );
  return found;
}

function look(
  path: ByteText,
  folders: readonly { readonly dir: string; readonly name: string }[],
): FoundSource {
  let first: FoundSource | undefined;
  const shadows: string[] = [];
  for (const { dir, name } of folders) {
    const stats = statsOf(pathIn(dir, path));
    if (stats === undefined) continue;
    if (first !== undefined) {
      if (!(stats instanceof Error) && stats.isFile()) shadows.push(name);
      continue;
    }
    first = describe(stats, name, pathIn(dir, path));
  }
  return first === undefined ? nowhere : shadows.length === 0 ? first : { ...first, shadows };
}

function statsOf(path: string | Buffer): Stats | Error | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function describe(stats: Stats | Error, name: string, path: string | Buffer): FoundSource {
  const common = { source: name, shadows: [] };
  if (stats instanceof Error) return { ...common, unusable: errorReason(stats) };
  if (!stats.isFile()) {
    return {
      ...common,
      unusable: stats.isDirectory() ? "is a directory" : "is not a regular file",
    };
  }
  const found = { ...common, size: stats.size, modified: stats.mtimeMs };
  try {
    accessSync(path, constants.R_OK);
    return found;
  } catch (error) {
    return { ...found, unusable: errorReason(error) };
  }
}

/** The place of a file in a search folder, below the workspace, as people read it. */
export function sourcePath(folder: string, path: ByteText): string {
  return `${folder}/${toText(path)}`;
}
