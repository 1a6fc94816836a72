// Invariant: every entry of the manifest stands under its path exactly once; the first of a path's
// list is the one that the image gets.
import type { ByteText } from "../../manifest/byte-text.ts";
import type { LinkEntry, ManifestEntry, OwnedEntry } from "../../manifest/entry.ts";
import type { ImagePlan } from "../plan.ts";
import { PathTree } from "./path-tree.ts";

/** The entries of a plan by path, and the tree they make. */
export interface Delivered {
  readonly byPath: ReadonlyMap<ByteText, readonly ManifestEntry[]>;
  readonly tree: PathTree;
}

/** All entries in the order of the passes in which they are placed. */
export function entriesOf(plan: ImagePlan): readonly ManifestEntry[] {
  return [...plan.directories, ...plan.files, ...plan.symlinks, ...plan.hardLinks];
}

/** What a plan delivers. A directory named twice counts as its last line says. */
export function deliveredBy(plan: ImagePlan): Delivered {
  const byPath = new Map<ByteText, ManifestEntry[]>();
  const tree = new PathTree();
  for (const entry of entriesOf(plan)) {
    const others = byPath.get(entry.path);
    if (others === undefined) byPath.set(entry.path, [entry]);
    else if (entry.type === "d" && others[0]?.type === "d") others.unshift(entry);
    else others.push(entry);
    if (others === undefined) tree.set(entry.path, nodeOf(entry));
  }
  return { byPath, tree };
}

function nodeOf(entry: OwnedEntry | LinkEntry): Parameters<PathTree["set"]>[1] {
  switch (entry.type) {
    case "d":
      return { kind: "directory" };
    case "s":
      return { kind: "link", target: entry.target };
    case "f":
    case "h":
      return { kind: "other" };
  }
}

/** The directory a path stands in; "" for the root of the image. */
export function parentOf(path: ByteText): ByteText {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
