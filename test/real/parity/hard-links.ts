// Invariant: which names are one file is told by inodes alone, never by equal contents.
import type { FileSystem } from "../../../src/engine/image/inspect/file-system.ts";
import type { MountedImage } from "../../../src/engine/image/inspect/mounted-image.ts";
import type { ByteText } from "../../../src/engine/manifest/byte-text.ts";

/** Groups of names of one file, each as one line of names in byte order. */
export function hardLinks(tree: MountedImage): Set<ByteText> {
  const names = new Map<FileSystem, Map<number, ByteText[]>>();
  for (const { path, node, fileSystem } of tree.walk()) {
    if (node.kind !== "file" || node.links < 2) continue;
    const here = names.get(fileSystem) ?? new Map<number, ByteText[]>();
    names.set(fileSystem, here.set(node.inode, [...(here.get(node.inode) ?? []), path]));
  }
  const groups = [...names.values()].flatMap((inodes) => [...inodes.values()]);
  return new Set(groups.map((group) => group.sort().join(" ")));
}
