// Invariant: what stands under usr in the root image is only what is needed before usr is mounted.
import type { ByteText } from "../manifest/byte-text.ts";
import type { UfsEntry } from "./format/ufs/entry.ts";
import type { FileNode, ImageTree } from "./image-tree.ts";
import { linkAttributes } from "./image-tree.ts";
import { ufsEntry } from "./volume.ts";

/** The programs and libraries that run before usr is mounted, below usr; the same in both layouts. */
export const underFiles: readonly string[] = [
  ...["bin/[", "bin/cat", "bin/head", "bin/i86/ksh93", "bin/ls", "kernel/sched/amd64/FSS"],
  ...["lib/fm/libfmevent.so", "lib/fm/libfmevent.so.1", "lib/fm/libtopo.so", "lib/fm/libtopo.so.1"],
  ...["ast", "cmd", "dll", "exacct", "fstyp", "idmap", "ipmi", "pkcs11", "pool", "project"]
    .concat(["shell", "smbios", "sum"])
    .flatMap((name) => [`lib/lib${name}.so`, `lib/lib${name}.so.1`]),
  "sbin/lofiadm",
];

/** usr/bin/sh under the mount: isaexec is not there, so it leads to the 32-bit shell itself. */
const shell = { path: "usr/bin/sh", target: "i86/ksh93" } as const;

/** What goes under usr. */
export interface UnderUsr {
  readonly entries: readonly UfsEntry[];
  /** Files whose bytes are to be written there, under the paths that `entries` has. */
  readonly files: readonly FileNode[];
  /** Paths that the image does not deliver. */
  readonly missing: readonly ByteText[];
}

/** The under-files of an image as they go into its root image, and the folders for them. */
export function underUsr(tree: ImageTree): UnderUsr {
  const entries = new Map<ByteText, UfsEntry>();
  const files: FileNode[] = [];
  const missing: ByteText[] = [];
  const firstName = new Map<ByteText, ByteText>();
  const makeFolders = (path: ByteText): void => {
    for (let at = path.indexOf("/", "usr/".length); at > 0; at = path.indexOf("/", at + 1)) {
      const folder = path.slice(0, at);
      entries.set(folder, { type: "directory", path: folder, mode: 0o755, uid: 0, gid: 0 });
    }
  };
  for (const name of underFiles) {
    const path = `usr/${name}`;
    const node = tree.inodeAt(path);
    if (node === undefined) {
      missing.push(path);
      continue;
    }
    makeFolders(path);
    const first = firstName.get(node.path);
    if (first !== undefined) entries.set(path, { type: "hardlink", path, target: first });
    else {
      firstName.set(node.path, path);
      entries.set(path, ufsEntry("root", { ...node, path }));
      if (node.type === "file") files.push({ ...node, path });
    }
  }
  makeFolders(shell.path);
  if (!entries.has(shell.path)) {
    entries.set(shell.path, { type: "symlink", ...shell, ...linkAttributes });
  }
  return { entries: [...entries.values()], files, missing };
}
