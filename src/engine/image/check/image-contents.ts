// Invariant: the tree holds what the builder would place, so that laying it out gives the builder's
// own counts; what cannot be placed has been named and is left out.
import type { ByteText } from "../../manifest/byte-text.ts";
import type { UfsEntry } from "../format/ufs/entry.ts";
import { ImageTree, linkAttributes } from "../image-tree.ts";
import type { Owners } from "../owners.ts";
import { underUsr } from "../under-files.ts";
import type { VolumeName } from "../volume.ts";
import { volumeEntries } from "../volume.ts";
import type { FoundFile } from "./check-sources.ts";
import type { Delivered } from "./delivered.ts";
import { parentOf } from "./delivered.ts";
import type { Findings } from "./findings.ts";

export const volumeNames: readonly VolumeName[] = ["root", "usr"];

/** The file system that a path of the running system is in. */
export function volumeOf(path: ByteText): VolumeName {
  return path.startsWith("usr/") ? "usr" : "root";
}

/** What the manifest delivers, with the owners it will have. */
export function deliveredTree(
  { byPath }: Delivered,
  files: ReadonlyMap<ByteText, FoundFile>,
  { users, groups }: Owners,
): ImageTree {
  const tree = new ImageTree();
  for (const [path, [entry]] of byPath) {
    if (entry === undefined) continue;
    const parent = parentOf(path);
    // Directories come first, each after the one it is in.
    if (parent !== "" && tree.get(parent)?.type !== "directory") continue;
    switch (entry.type) {
      case "d":
      case "f": {
        const [uid, gid] = [users.get(entry.user) ?? 0, groups.get(entry.group) ?? 0];
        const owned = { path, mode: entry.mode, uid, gid };
        const file = files.get(path);
        if (entry.type === "d") tree.set({ type: "directory", ...owned });
        else if (file !== undefined) {
          const content = { kind: "source", path: file.source, size: file.size } as const;
          tree.set({ type: "file", ...owned, content, entry });
        }
        break;
      }
      case "s":
        tree.set({ type: "symlink", path, ...linkAttributes, target: entry.target });
        break;
      case "h":
        if (volumeOf(entry.target) === volumeOf(path) && tree.inodeAt(entry.target) !== undefined) {
          tree.set({ type: "hardlink", path, target: entry.target });
        }
        break;
    }
  }
  return tree;
}

/**
 * The entries of both images: usr.lgz is an empty file, its size being unknown. Names the
 * under-files, which the root image gets copies of, that are not delivered.
 */
export function volumeContents(
  tree: ImageTree,
  findings: Findings,
): Readonly<Record<VolumeName, readonly UfsEntry[]>> {
  const under = underUsr(tree);
  for (const path of under.missing) {
    const message = `${path} is needed before /usr is mounted, and is not delivered`;
    findings.warning("under-file", message, { path });
  }
  const owned = { mode: 0o755, uid: 0, gid: 0 };
  const root: UfsEntry[] = [...volumeEntries(tree, "root"), ...under.entries];
  if (tree.get("usr") === undefined) root.push({ type: "directory", path: "usr", ...owned });
  root.push({ type: "file", path: "usr.lgz", ...owned, size: 0 });
  return { root, usr: volumeEntries(tree, "usr") };
}
