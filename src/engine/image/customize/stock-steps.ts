// Invariant: does to the tree what the known versions of tools/customize do to a mounted image, and
// nothing else.
import { fromBytes, toBytes } from "../../manifest/byte-text.ts";
import type { Attributes, ImageTree } from "../image-tree.ts";
import { readContent } from "../read-content.ts";

const emptied = ["etc/mnttab", "var/log/syslog", "var/adm/wtmpx"];
const stamped = ["etc/motd", "etc/issue"];

/** What a file gets that no manifest delivers: as `cp /dev/null` makes it. */
const made: Attributes = { mode: 0o644, uid: 0, gid: 0 };

/** Empties a file of the image, or makes it empty. */
export function emptyFile(tree: ImageTree, path: string): void {
  tree.write(path, new Uint8Array(), made);
}

/** As today's build_live empties them: removed, then made anew as root's. */
export function emptyAnew(tree: ImageTree, path: string): void {
  emptyFile(tree, path);
  const file = tree.fileAt(path);
  if (file !== undefined) tree.set({ ...file, ...made });
}

/**
 * Empty mnttab, syslog and wtmpx; root owns the root; the stamp replaces the one in motd and issue.
 * Returns what was done, a line each.
 */
export function stockSteps(tree: ImageTree, stamp: string): string[] {
  const done: string[] = [];
  for (const path of emptied) {
    const before = tree.fileAt(path);
    emptyFile(tree, path);
    done.push(before === undefined ? `added ${path} (empty)` : `changed ${path} (emptied)`);
  }
  const { root } = tree;
  tree.set({ ...root, uid: 0, gid: 0 });
  for (const path of stamped) {
    const file = tree.fileAt(path);
    if (file === undefined) continue;
    const text = fromBytes(readContent(file.content));
    const changed = text.replace(
      /^(.*?) \d{8}T\d{6}Z/gm,
      (_, before: string) => `${before} ${stamp}`,
    );
    if (changed === text) continue;
    tree.write(path, toBytes(changed), made);
    done.push(`changed ${path} (build stamp)`);
  }
  return done;
}
