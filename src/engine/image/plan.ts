// Invariant: the plan holds every line of the manifest exactly once: as an entry of its pass or as
// malformed; nothing on disk is looked at.
import type { LinkEntry, MalformedLine, OwnedEntry } from "../manifest/entry.ts";
import { parseLine } from "../manifest/parse.ts";
import type { SortedManifest } from "../manifest/sort.ts";

/** A malformed line, and where it stands in the sorted manifest. */
export interface RefusedLine {
  readonly malformed: MalformedLine;
  /** 1-based, as the tree's builder counts. */
  readonly sortedLine: number;
}

/** A manifest by passes; each in the order of the manifest. */
export interface ImagePlan {
  readonly directories: readonly OwnedEntry[];
  readonly files: readonly OwnedEntry[];
  readonly symlinks: readonly LinkEntry[];
  readonly hardLinks: readonly LinkEntry[];
  readonly refused: readonly RefusedLine[];
}

/** Sorts the lines of a manifest into the passes in which an image is made. */
export function planImage(manifest: SortedManifest): ImagePlan {
  const directories: OwnedEntry[] = [];
  const files: OwnedEntry[] = [];
  const symlinks: LinkEntry[] = [];
  const hardLinks: LinkEntry[] = [];
  const refused: RefusedLine[] = [];
  manifest.lines.forEach((line, index) => {
    const parsed = parseLine(line.text, line);
    if (parsed === undefined) return;
    if ("malformed" in parsed) {
      refused.push({ malformed: parsed.malformed, sortedLine: index + 1 });
      return;
    }
    const { entry } = parsed;
    switch (entry.type) {
      case "d":
        directories.push(entry);
        break;
      case "f":
        files.push(entry);
        break;
      case "s":
        symlinks.push(entry);
        break;
      case "h":
        hardLinks.push(entry);
        break;
    }
  });
  return { directories, files, symlinks, hardLinks, refused };
}
