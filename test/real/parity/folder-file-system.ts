// Invariant: a folder that was unpacked as root shows the owners, modes and links its archive had.
import { closeSync, fstatSync, lstatSync, openSync, readdirSync, readlinkSync } from "node:fs";
import type { Stats } from "node:fs";
import { fileSource } from "../../../src/engine/image/format/bytes-io.ts";
import type { ByteSource } from "../../../src/engine/image/format/bytes-io.ts";
import type {
  FileSystem,
  ImageNode,
  NamedNode,
  NodeKind,
} from "../../../src/engine/image/inspect/file-system.ts";
import { fromBytes } from "../../../src/engine/manifest/byte-text.ts";

/** A folder as the file system of an image. */
export function folderFileSystem(folder: string): FileSystem {
  const places = new WeakMap<ImageNode, string | Buffer>();
  const keep = (place: string | Buffer): ImageNode => {
    const node = nodeOf(lstatSync(place));
    places.set(node, place);
    return node;
  };
  const placeOf = (node: ImageNode): string | Buffer => {
    const place = places.get(node);
    if (place === undefined) throw new Error("the node is of another file system");
    return place;
  };
  return {
    root: keep(folder),
    children: (directory) => {
      const place = placeOf(directory);
      const above = typeof place === "string" ? Buffer.from(place) : place;
      return readdirSync(above, { encoding: "buffer" })
        .sort((a, b) => a.compare(b))
        .map((name): NamedNode => {
          const node = keep(Buffer.concat([above, Buffer.from("/"), name]));
          return { name: fromBytes(name), node };
        });
    },
    target: (link) => fromBytes(readlinkSync(placeOf(link), { encoding: "buffer" })),
    content: (file) => lazySource(placeOf(file)),
  };
}

/** Opens the file for each read: an image has more files than a process may have open. */
function lazySource(place: string | Buffer): ByteSource {
  const withFile = <T>(use: (file: number) => T): T => {
    const file = openSync(place, "r");
    try {
      return use(file);
    } finally {
      closeSync(file);
    }
  };
  return {
    size: withFile((file) => fstatSync(file).size),
    read: (into, position) => {
      withFile((file) => {
        fileSource(file).read(into, position);
      });
    },
  };
}

function nodeOf(stats: Stats): ImageNode {
  return {
    inode: stats.ino,
    kind: kindOf(stats),
    mode: stats.mode & 0o7777,
    uid: stats.uid,
    gid: stats.gid,
    size: stats.size,
    links: stats.nlink,
    modified: Math.floor(stats.mtimeMs / 1000),
  };
}

function kindOf(stats: Stats): NodeKind {
  if (stats.isDirectory()) return "directory";
  if (stats.isFile()) return "file";
  return stats.isSymbolicLink() ? "symlink" : "other";
}
