// Invariant: counts what the directories really hold; nothing that the super block or an inode
// says of itself is taken for true.
import type { ByteText } from "../../manifest/byte-text.ts";
import type { FileSystem, ImageNode } from "./file-system.ts";
import type { OpenVolume } from "./open-image.ts";
import type { Problem } from "./verify-image.ts";

/** Inodes of an x86 UFS that no name leads to: 0 and 1. */
const reserved = 2;

/**
 * Whether a file system agrees with itself: names of each inode with its link count, directories
 * and free inodes with the super block. `name`: of the image, for messages.
 */
export function checkVolume(
  name: ByteText,
  { info }: OpenVolume,
  fileSystem: FileSystem,
): Problem[] {
  const problems: Problem[] = [];
  const nodes = new Map<number, { node: ImageNode; path: ByteText; names: number }>();
  const { root } = fileSystem;
  nodes.set(root.inode, { node: root, path: name, names: 2 });
  const waiting = [{ path: "", node: root }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const parent = nodes.get(next.node.inode);
    for (const child of fileSystem.children(next.node)) {
      const path = next.path === "" ? child.name : `${next.path}/${child.name}`;
      const isDirectory = child.node.kind === "directory";
      const known = nodes.get(child.node.inode);
      if (known === undefined) {
        nodes.set(child.node.inode, { node: child.node, path, names: isDirectory ? 2 : 1 });
        if (isDirectory) waiting.push({ path, node: child.node });
      } else if (isDirectory) {
        problems.push({ path, message: `is a second name of the directory ${known.path}` });
        continue;
      } else known.names++;
      if (isDirectory && parent !== undefined) parent.names++;
    }
  }
  let directories = 0;
  for (const { node, path, names } of nodes.values()) {
    if (node.kind === "directory") directories++;
    if (node.links === names) continue;
    problems.push({ path, message: `has ${names} names, and a link count of ${node.links}` });
  }
  const free = info.groups * info.inodesPerGroup - nodes.size - reserved;
  const { totals } = info;
  if (totals.directories !== directories) {
    const message = `has ${directories} directories, and its super block counts ${totals.directories}`;
    problems.push({ path: name, message });
  }
  if (totals.freeInodes !== free) {
    const message = `has ${free} free inodes, and its super block counts ${totals.freeInodes}`;
    problems.push({ path: name, message });
  }
  if (!info.clean) problems.push({ path: name, message: "was not left in order (not clean)" });
  return problems;
}
