// Invariant: the bytes that `find . -type f | LC_ALL=C sort | xargs md5sum` prints in the image; how
// many there are is known before any sum is.
import type { ByteText } from "../manifest/byte-text.ts";
import { compareBytes, toBytes } from "../manifest/byte-text.ts";
import type { Layout } from "../workspace/probes.ts";
import type { FileNode, ImageTree } from "./image-tree.ts";

/** Where the md5 manifest is in the image. */
export const md5ManifestPlaces: Readonly<Record<Layout, ByteText>> = {
  classic: "var/log/manifest",
  modern: "usr/share/smartos/manifest",
};

/** The md5 manifest's place in an image that is being made. */
export interface ReservedManifest {
  readonly path: ByteText;
  /** As the tree has it; zeros stand for the sums until they are filled in. */
  readonly bytes: Uint8Array;
  /** The node that the tree has for it. */
  node(): FileNode;
  /** Fills in the sums: MD5 (hex) by path. */
  fill(sums: ReadonlyMap<ByteText, string>): void;
}

/** Puts an md5 manifest of the right size for all files of the tree into it. */
export function reserveManifest(tree: ImageTree, layout: Layout): ReservedManifest {
  const wanted = md5ManifestPlaces[layout];
  const path = tree.follow(wanted) ?? wanted;
  const listed: ByteText[] = [];
  for (const node of tree.nodes()) {
    if (node.path !== path && tree.inodeAt(node.path)?.type === "file") listed.push(node.path);
  }
  const empty = "0".repeat(32);
  const bytes = toBytes(md5Manifest(new Map(listed.map((each) => [each, empty]))));
  tree.write(path, bytes, { mode: 0o644, uid: 0, gid: 0 });
  return {
    path,
    bytes,
    node: () => {
      const node = tree.get(path);
      if (node?.type !== "file") throw new Error("the md5 manifest lost its place");
      return node;
    },
    fill: (sums) => {
      const all = new Map<ByteText, string>();
      for (const each of listed) {
        const sum = sums.get(tree.inodeAt(each)?.path ?? each);
        if (sum === undefined) throw new Error(`${each} has no sum`);
        all.set(each, sum);
      }
      bytes.set(toBytes(md5Manifest(all)));
    },
  };
}

/**
 * The md5 manifest of an image: `MD5  ./path` a line, in byte order of the paths. `sums`: MD5
 * (hex) by path of every regular file. A backslash in a name is doubled and marked as md5sum does.
 */
export function md5Manifest(sums: ReadonlyMap<ByteText, string>): ByteText {
  return [...sums]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([path, sum]) =>
      path.includes("\\")
        ? `\\${sum}  ./${path.replaceAll("\\", "\\\\")}\n`
        : `${sum}  ./${path}\n`,
    )
    .join("");
}
