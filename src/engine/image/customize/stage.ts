// Invariant: the copy shares nothing with its sources: no link leads out of it, so whatever a
// script does to it, the proto area and the overlays stay as they are.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import type { ByteText } from "../../manifest/byte-text.ts";
import { pathIn } from "../../manifest/byte-text.ts";
import type { Attributes } from "../image-tree.ts";
import type { StagedNode } from "./job.ts";

/** What a look at one path of the copy finds. */
export interface Seen extends Attributes {
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

/** Mode and owners by path, as GNU find is told them. */
function attributesByFind(image: string): Map<ByteText, Attributes> {
  const format = "%P\\0%m\\0%U\\0%G\\0";
  const text = execFileSync("find", [image, "-printf", format], { maxBuffer: 2 ** 30 });
  const words = text.toString("latin1").split("\0");
  const found = new Map<ByteText, Attributes>();
  for (let at = 0; at + 3 < words.length; at += 4) {
    const [path = "", mode = "", uid = "", gid = ""] = words.slice(at, at + 4);
    found.set(path, { mode: Number.parseInt(mode, 8), uid: Number(uid), gid: Number(gid) });
  }
  return found;
}

/**
 * Looks at everything in a folder, the folder itself ("") first; names are bytes. `faked`: inside
 * fakeroot, which answers the stat of libc, but not the one that Node uses.
 */
export function walk(image: string, faked: boolean): Map<ByteText, Seen> {
  const told = faked ? attributesByFind(image) : undefined;
  const seen = new Map<ByteText, Seen>();
  const look = (path: ByteText): fs.BigIntStats => {
    const there = path === "" ? image : pathIn(image, path);
    const stats = fs.lstatSync(there, { bigint: true });
    const target = stats.isSymbolicLink() ? fs.readlinkSync(there, "latin1") : undefined;
    const mode = Number(stats.mode & 0o7777n);
    const own = { mode, uid: Number(stats.uid), gid: Number(stats.gid), ...told?.get(path) };
    seen.set(path, { stats, ...own, ...(target !== undefined && { target }) });
    return stats;
  };
  const visit = (folder: ByteText): void => {
    const full = folder === "" ? image : pathIn(image, folder);
    for (const name of fs.readdirSync(full, { encoding: "latin1" })) {
      const path = folder === "" ? name : `${folder}/${name}`;
      if (look(path).isDirectory()) visit(path);
    }
  };
  look("");
  visit("");
  return seen;
}
