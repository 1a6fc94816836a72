// Invariant: reads through the UFS reader alone; what it refuses becomes an UnreadableError.
import { compareBytes } from "../../manifest/byte-text.ts";
import type { Result } from "../../result.ts";
import { UnreadableError } from "../format/bytes-io.ts";
import { rootInode } from "../format/ufs/layout.ts";
import type { UfsImage, UfsStat, UfsType } from "../format/ufs/reader.ts";
import type { FileSystem, ImageNode, NamedNode, NodeKind } from "./file-system.ts";

const kinds: Readonly<Record<UfsType, NodeKind>> = {
  ...{ directory: "directory", file: "file", symlink: "symlink" },
  ...{ fifo: "other", character: "other", block: "other" },
};

function nodeOf({ inode, type, mode, uid, gid, size, links, modified }: UfsStat): ImageNode {
  return { inode, kind: kinds[type], mode, uid, gid, size, links, modified };
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new UnreadableError(result.failure.message);
  return result.value;
}

/** A UFS image as a file system. */
export function ufsFileSystem(image: UfsImage): FileSystem {
  return {
    root: nodeOf(value(image.stat(rootInode))),
    children: ({ inode }) =>
      value(image.list(inode))
        .map(({ name, inode: child }): NamedNode => {
          return { name, node: nodeOf(value(image.stat(child))) };
        })
        .sort((a, b) => compareBytes(a.name, b.name)),
    target: ({ inode }) => value(image.target(inode)),
    content: ({ inode }) => value(image.open(inode)),
  };
}
