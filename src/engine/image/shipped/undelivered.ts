// Invariant: lists what could ship and does not; files and links only, since folders follow them.
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathIn, toText, type ByteText } from "../../manifest/byte-text.ts";
import type { EntryState, Shipped, ShippedEntry } from "../../manifest/query.ts";
import { comparePaths } from "../../manifest/query.ts";
import { inSlices } from "./slices.ts";

const undelivered: readonly EntryState[] = ["undelivered"];

/** Files beside the manifest of an overlay that are no part of what it delivers. */
const ownFiles: ReadonlySet<string> = new Set(["manifest", ".git", ".gitignore", "README.md"]);

/**
 * Files and links in the search folders that no manifest delivers, by path, with pauses. Folders
 * that cannot be read are left out. Stops where it is when the signal comes.
 */
export async function findUndelivered(
  root: string,
  { entries, searched }: Pick<Shipped, "entries" | "searched">,
  signal?: AbortSignal,
): Promise<readonly ShippedEntry[]> {
  const known = new Set(entries.map(({ path }) => path));
  const found = new Map<string, ShippedEntry>();
  for (const folder of searched) {
    const dir = join(root, folder);
    await inSlices(
      walk(dir),
      ({ path, isLink }) => {
        const text = toText(path);
        if (known.has(text) || found.has(text) || ownFiles.has(text)) return;
        found.set(text, describe(text, folder, isLink, sizeOf(pathIn(dir, path))));
      },
      signal,
    );
  }
  return [...found.values()].sort((a, b) => comparePaths(a.path, b.path));
}

interface Found {
  readonly path: ByteText;
  readonly isLink: boolean;
}

/** All files and links below a folder. */
function* walk(dir: string): Iterable<Found> {
  const folders: ByteText[] = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of namesIn(dir, folder)) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (path !== ".git") folders.push(path);
      } else yield { path, isLink: entry.isSymbolicLink() };
    }
  }
}

function namesIn(dir: string, folder: ByteText) {
  try {
    return readdirSync(pathIn(dir, folder), { encoding: "latin1", withFileTypes: true });
  } catch {
    return [];
  }
}

function sizeOf(path: string | Buffer): number | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.size;
  } catch {
    return undefined;
  }
}

function describe(
  path: string,
  source: string,
  isLink: boolean,
  size: number | undefined,
): ShippedEntry {
  return {
    path,
    type: isLink ? "s" : "f",
    ...{ mode: undefined, user: undefined, group: undefined, target: undefined },
    ...{
      size,
      component: "",
      lines: [],
      source,
      shadows: [],
      modified: undefined,
      awaits: undefined,
    },
    ...{ state: "undelivered", states: undelivered, findings: [] },
  };
}
