// Invariant: the workspace is a classic one whose proto area is the root, and whose manifest is made
// from it alone: what the manifest cannot name is taken out of the proto area before.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { tinyTree, type TinyTree } from "../../support/tiny-tree.ts";
import { entriesBelow, type RootEntry } from "./facts.ts";

/** Filled when a machine runs, or left behind by the making of the root; nothing of it is delivered. */
const emptied = ["dev", "proc", "sys", "run", "tmp", "var/cache", "var/lib/apt/lists", "var/log"];

/** Manifests and files of the tiny tree, which the root has itself. */
const replaced = [
  ...["projects/illumos-extra/manifest", "projects/local/kvm/manifest"],
  ...["src/manifest", "overlay/generic/manifest"],
];

/** A workspace with a Debian root in it. */
export interface DebianWorkspace {
  readonly tree: TinyTree;
  readonly proto: string;
  readonly entries: readonly RootEntry[];
}

/** Copies `root` into a new workspace. Throws with cp's words when it cannot. */
export function debianWorkspace(root: string): DebianWorkspace {
  const tree = tinyTree();
  const proto = join(tree.root, "proto");
  command("cp", ["-a", "--reflink=auto", root, proto]);
  for (const folder of emptied) command("find", [join(proto, folder), "-mindepth", "1", "-delete"]);
  // Names with blanks or an equals sign cannot stand in a manifest.
  command("find", [proto, "-depth", "-name", "*[[:space:]=]*", "-delete"]);
  for (const path of replaced) tree.write(path, "");
  command("rm", ["-r", join(tree.root, "overlay/generic/etc")]);
  return { tree, proto, entries: entriesBelow(proto) };
}

/** The line of a manifest for an entry; a further name of a file is a hard link to the first. */
export function manifestLines(entries: readonly RootEntry[]): Map<string, string> {
  const firsts = new Map<string, string>();
  return new Map(
    entries.map((entry) => {
      const { path, type, mode, user, group, target, inode } = entry;
      if (type === "s") return [path, `s ${path}=${target}`];
      const first = type === "f" && entry.links > 1 ? firsts.get(inode) : undefined;
      if (first !== undefined) return [path, `h ${path}=${first}`];
      firsts.set(inode, path);
      return [path, `${type} ${path} ${mode} ${user} ${group}`];
    }),
  );
}

function command(name: string, words: readonly string[]): void {
  const done = spawnSync(name, words, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${name}: ${done.stderr}`);
}
