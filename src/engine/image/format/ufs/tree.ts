// Invariant: the tree depends on which entries there are, not on the order they come in; names are
// in byte order and inodes numbered depth first.
import { packedDirectoryBytes } from "./directory.ts";
import type { UfsEntry, UfsOwned, UfsProblem, UfsProblemKind } from "./entry.ts";
import {
  blockBytes,
  firstInode,
  largestFile,
  largestId,
  latestTime,
  longestName,
  longestTarget,
  lostFoundInode,
  mostLinks,
  permissionMask,
  rootInode,
} from "./layout.ts";

/** A name in a directory. */
export interface UfsName {
  /** Bytes in a latin1 string. */
  readonly name: string;
  readonly node: UfsNode;
}

/** What an inode stands for. */
export type UfsContent =
  | { readonly kind: "directory"; readonly parent: UfsNode; readonly names: readonly UfsName[] }
  | { readonly kind: "file" }
  | { readonly kind: "symlink"; readonly target: string };

/** An inode in use; two names of one file share it. */
export interface UfsNode {
  readonly inode: number;
  /** The path of the entry that made it; "" is the root. */
  readonly path: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: number | undefined;
  readonly links: number;
  /** Bytes: of a directory its records, of a symlink its target. */
  readonly size: number;
  readonly content: UfsContent;
}

/** All of an image's names. */
export interface UfsTree {
  /** In the order of their inodes, which begin at 2 and have no gaps. */
  readonly nodes: readonly UfsNode[];
  /** By path, every name of a file included. */
  readonly byPath: ReadonlyMap<string, UfsNode>;
  readonly problems: readonly UfsProblem[];
}

interface DraftName {
  readonly name: string;
  readonly node: Draft;
}

interface DraftDirectory {
  readonly kind: "directory";
  parent: Draft;
  readonly names: DraftName[];
}

/** A node while the tree is built; it becomes a UfsNode once it has its inode and size. */
interface Draft {
  inode: number;
  path: string;
  mode: number;
  uid: number;
  gid: number;
  mtime: number | undefined;
  links: number;
  size: number;
  readonly content: DraftDirectory | { readonly kind: "file" | "symlink"; readonly target: string };
}

function directory(path: string, mode: number): Draft {
  const content: { kind: "directory"; parent?: Draft; names: DraftName[] } = {
    ...{ kind: "directory", names: [] },
  };
  const node = { inode: 0, path, mode, uid: 0, gid: 0, mtime: undefined, links: 2, size: 0 };
  const draft = { ...node, content: content as DraftDirectory };
  draft.content.parent = draft;
  return draft;
}

const lostFound = "lost+found";

/** Splits a path into its directory and name. */
function splitPath(path: string): { parent: string; name: string } {
  const slash = path.lastIndexOf("/");
  return { parent: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) };
}

function isBadPath(path: string): boolean {
  if (path === "" || path.includes("\0")) return true;
  return path.split("/").some((name) => name === "" || name === "." || name === "..");
}

class TreeBuilder {
  readonly #root = directory("", 0o755);
  readonly #byPath = new Map<string, Draft>();
  /** Directories that an entry may describe once, since the image has them anyway. */
  readonly #given = new Set<string>(["", lostFound]);
  readonly problems: UfsProblem[] = [];

  build(entries: Iterable<UfsEntry>): UfsTree {
    const lost = directory(lostFound, 0o700);
    this.#byPath.set("", this.#root);
    this.#byPath.set(lostFound, lost);
    const owned: Exclude<UfsEntry, { type: "hardlink" }>[] = [];
    const links: Extract<UfsEntry, { type: "hardlink" }>[] = [];
    for (const entry of entries) {
      if (entry.type === "hardlink") links.push(entry);
      else owned.push(entry);
    }
    for (const entry of owned) this.#addOwned(entry);
    for (const entry of owned) this.#enter(entry.path, this.#byPath.get(entry.path), entry);
    this.#enter(lostFound, lost, undefined);
    this.#addLinks(links);
    const nodes = this.#number(lost);
    for (const node of nodes) this.#measure(node);
    return { nodes, byPath: this.#byPath, problems: this.problems };
  }

  #problem(kind: UfsProblemKind, path: string, text: string): void {
    this.problems.push({ kind, path, text });
  }

  /** Makes the node of an entry; its directory is looked for once all nodes are there. */
  #addOwned(entry: Exclude<UfsEntry, { type: "hardlink" }>): void {
    const { path, mode, uid, gid, mtime } = entry;
    if (!this.#checkAttributes(entry)) return;
    if (entry.type === "directory" && this.#given.delete(path)) {
      const known = this.#byPath.get(path);
      if (known !== undefined) Object.assign(known, { mode, uid, gid, mtime });
      return;
    }
    if (isBadPath(path)) {
      this.#problem("bad-path", path, "is no path inside an image");
      return;
    }
    if (this.#byPath.has(path)) {
      this.#problem("duplicate", path, "is there twice");
      return;
    }
    this.#byPath.set(path, this.#draft(entry));
  }

  #draft(entry: Exclude<UfsEntry, { type: "hardlink" }>): Draft {
    const { path, mode, uid, gid, mtime } = entry;
    const common = { inode: 0, path, mode, uid, gid, mtime, links: 0 };
    switch (entry.type) {
      case "directory":
        return Object.assign(directory(path, mode), { uid, gid, mtime });
      case "file":
        return { ...common, size: entry.size, content: { kind: "file", target: "" } };
      case "symlink": {
        const { target } = entry;
        return { ...common, size: target.length, content: { kind: "symlink", target } };
      }
    }
  }

  #checkAttributes(entry: Exclude<UfsEntry, { type: "hardlink" }>): boolean {
    const { path, mode, uid, gid, mtime = 0 } = entry;
    const within = (value: number, most: number): boolean =>
      Number.isInteger(value) && value >= 0 && value <= most;
    if (!within(mode, permissionMask)) {
      this.#problem("bad-attributes", path, `has the mode ${mode.toString(8)}`);
    } else if (!within(uid, largestId) || !within(gid, largestId)) {
      this.#problem("bad-attributes", path, `has the owner ${uid}:${gid}`);
    } else if (!within(mtime, latestTime)) {
      this.#problem("bad-attributes", path, `has a time of ${mtime} seconds since 1970`);
    } else if (entry.type === "file" && !within(entry.size, largestFile)) {
      const text = `has ${entry.size} bytes; a file can have ${largestFile}`;
      this.#problem("large-file", path, text);
    } else if (entry.type === "symlink" && !within(entry.target.length - 1, longestTarget - 1)) {
      const text = `has a target of ${entry.target.length} bytes; it can have 1 to ${longestTarget}`;
      this.#problem("bad-target", path, text);
    } else if (entry.type === "symlink" && entry.target.includes("\0")) {
      this.#problem("bad-target", path, "has a target with a zero byte in it");
    } else {
      return true;
    }
    return false;
  }

  /** Puts a node's name into its directory; false when it cannot be there. */
  #enter(path: string, node: Draft | undefined, entry: UfsOwned | undefined): boolean {
    // The root has no name; lost+found is entered once, whoever described it.
    if (node === undefined || path === "" || (path === lostFound && entry !== undefined))
      return false;
    const { parent, name } = splitPath(path);
    if (name.length > longestName) {
      const text = `has a name of ${name.length} bytes; it can have ${longestName}`;
      this.#problem("long-name", path, text);
      return false;
    }
    const directory = this.#byPath.get(parent);
    if (directory === undefined) {
      this.#problem("no-parent", path, `is in ${parent}, which is not in the image`);
      return false;
    }
    if (directory.content.kind !== "directory") {
      this.#problem("parent-not-directory", path, `is in ${parent}, which is not a directory`);
      return false;
    }
    // A path that is there twice would be entered twice.
    if (node.content.kind === "directory") {
      if (node.content.parent !== node) return false;
      node.content.parent = directory;
      directory.links++;
    } else {
      if (node.path === path && node.links > 0) return false;
      node.links++;
    }
    directory.content.names.push({ name, node });
    return true;
  }

  #addLinks(links: readonly Extract<UfsEntry, { type: "hardlink" }>[]): void {
    const targets = new Map<string, string>();
    for (const { path, target } of links) {
      if (isBadPath(path)) this.#problem("bad-path", path, "is no path inside an image");
      else if (this.#byPath.has(path) || targets.has(path)) {
        this.#problem("duplicate", path, "is there twice");
      } else targets.set(path, target);
    }
    for (const path of targets.keys()) this.#addLink(path, targets);
  }

  /** A link may name another link, given before or after it. */
  #addLink(path: string, targets: ReadonlyMap<string, string>): void {
    let target = path;
    for (let steps = 0; steps <= targets.size; steps++) {
      const next = targets.get(target);
      if (next === undefined) break;
      target = next;
    }
    const node = targets.has(target) ? undefined : this.#byPath.get(target);
    const given = targets.get(path) ?? "";
    if (node === undefined) {
      this.#problem("no-link-target", path, `links to ${given}, which is not in the image`);
    } else if (node.content.kind === "directory") {
      this.#problem("no-link-target", path, `links to ${given}, which is a directory`);
    } else if (this.#enter(path, node, undefined)) {
      this.#linked.push([path, node]);
    }
  }

  /** Names of links are known by path only once all are resolved. */
  readonly #linked: [string, Draft][] = [];

  /** Gives every node its inode: depth first, a directory's names in byte order. */
  #number(lost: Draft): Draft[] {
    for (const [path, node] of this.#linked) this.#byPath.set(path, node);
    this.#root.inode = rootInode;
    lost.inode = lostFoundInode;
    const nodes = [this.#root, lost];
    let next = firstInode;
    const waiting: Draft[] = [this.#root];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (node.inode === 0) {
        node.inode = next++;
        nodes.push(node);
      }
      if (node.content.kind !== "directory") continue;
      const { names } = node.content;
      names.sort((a, b) => (a.name < b.name ? -1 : 1));
      for (let index = names.length - 1; index >= 0; index--) {
        const child = names[index]?.node;
        if (child !== undefined && (child.inode === 0 || child === lost)) waiting.push(child);
      }
    }
    return nodes;
  }

  #measure(node: Draft): void {
    if (node.links > mostLinks) {
      const text =
        node.content.kind === "directory"
          ? `has ${node.links - 2} directories in it; it can have ${mostLinks - 2}`
          : `has ${node.links} names; it can have ${mostLinks}`;
      this.#problem("too-many-links", node.path, text);
    }
    if (node.content.kind !== "directory") return;
    const bytes = packedDirectoryBytes(node.content.names.map(({ name }) => name.length));
    node.size = node.inode === lostFoundInode ? Math.max(bytes, blockBytes) : bytes;
  }
}

/**
 * The tree of some entries, with the root and lost+found that newfs makes (an entry for either
 * gives it mode and owner). What cannot stand in an image is left out and named in `problems`.
 */
export function buildTree(entries: Iterable<UfsEntry>): UfsTree {
  return new TreeBuilder().build(entries);
}
