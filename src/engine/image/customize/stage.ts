// Invariant: the copy shares nothing with its sources: no link leads out of it, so whatever a
// script does to it, the proto area and the overlays stay as they are.
import * as fs from "node:fs";
import type { ByteText } from "../../manifest/byte-text.ts";
import { pathIn } from "../../manifest/byte-text.ts";
import type { StagedNode } from "./job.ts";

/** What a look at one path of the copy finds. */
export interface Seen {
  readonly stats: fs.BigIntStats;
  /** Text of a symbolic link. */
  readonly target?: ByteText;
}

/**
 * Copies nodes (directories first) into the new folder `image`. Owners are set when `owning`; else
 * everything stays open to this user, as it would be to root.
 */
export function makeCopy(image: string, nodes: readonly StagedNode[], owning: boolean): void {
  fs.mkdirSync(image);
  for (const node of nodes) {
    if (node.path === "") continue;
    const full = pathIn(image, node.path);
    switch (node.type) {
      case "directory":
        fs.mkdirSync(full);
        break;
      case "file":
        if (node.source === undefined) {
          fs.writeFileSync(full, Buffer.from(node.base64 ?? "", "base64"));
        } else {
          fs.copyFileSync(Buffer.from(node.source, "latin1"), full);
        }
        break;
      case "symlink":
        fs.symlinkSync(Buffer.from(node.target ?? "", "latin1"), full);
        break;
      case "hardlink":
        fs.linkSync(pathIn(image, node.target ?? ""), full);
        break;
    }
  }
  // From the leaves up: a directory may be closed to its owner once its mode is set.
  for (const node of nodes.toReversed()) {
    const full = node.path === "" ? image : pathIn(image, node.path);
    if (node.type === "hardlink") continue;
    if (owning) fs.lchownSync(full, node.uid, node.gid);
    if (node.type === "symlink") continue;
    fs.chmodSync(full, owning ? node.mode : node.mode | (node.type === "file" ? 0o600 : 0o700));
  }
}

/** Looks at everything in a folder, the folder itself ("") first; names are bytes. */
export function walk(image: string): Map<ByteText, Seen> {
  const seen = new Map<ByteText, Seen>([["", { stats: fs.lstatSync(image, { bigint: true }) }]]);
  const visit = (folder: ByteText): void => {
    const full = folder === "" ? image : pathIn(image, folder);
    for (const name of fs.readdirSync(full, { encoding: "latin1" })) {
      const path = folder === "" ? name : `${folder}/${name}`;
      const there = pathIn(image, path);
      const stats = fs.lstatSync(there, { bigint: true });
      const target = stats.isSymbolicLink() ? fs.readlinkSync(there, "latin1") : undefined;
      seen.set(path, target === undefined ? { stats } : { stats, target });
      if (stats.isDirectory()) visit(path);
    }
  };
  visit("");
  return seen;
}
