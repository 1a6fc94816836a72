// Invariant: every node but the root's children has its directory in the tree, and a hard link
// leads to a file or symbolic link of it.
import type { ByteText } from "../manifest/byte-text.ts";
import type { OwnedEntry } from "../manifest/entry.ts";

/** Where a file's bytes come from; `size` is what the image is laid out for. */
export type Content =
  | { readonly kind: "source"; readonly path: string | Buffer; readonly size: number }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };

/** Permissions (with setuid, setgid and sticky) and numeric owners. */
export interface Attributes {
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export interface DirectoryNode extends Attributes {
  readonly type: "directory";
  readonly path: ByteText;
}

export interface FileNode extends Attributes {
  readonly type: "file";
  readonly path: ByteText;
  readonly content: Content;
  /** The manifest's line, for the log. */
  readonly entry?: OwnedEntry;
}

export interface SymlinkNode extends Attributes {
  readonly type: "symlink";
  readonly path: ByteText;
  readonly target: ByteText;
}

/** One more name of the file or symbolic link at the path `target`. */
export interface HardLinkNode {
  readonly type: "hardlink";
  readonly path: ByteText;
  readonly target: ByteText;
}

/** What stands at a path of the image. */
export type TreeNode = DirectoryNode | FileNode | SymlinkNode | HardLinkNode;

/** What a symbolic link has where nothing says otherwise. */
export const linkAttributes: Attributes = { mode: 0o777, uid: 0, gid: 0 };
const newDirectory: Attributes = { mode: 0o755, uid: 0, gid: 0 };

/** Bytes of a file's content. */
export function contentSize(content: Content): number {
  return content.kind === "source" ? content.size : content.bytes.length;
}

/** The path of the directory that a path is in; "" is the root. */
export function parentOf(path: ByteText): ByteText {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** All that an image will hold, before any of it is written. Paths are relative, "" is the root. */
export class ImageTree {
  readonly #nodes = new Map<ByteText, TreeNode>();
  #root: DirectoryNode = { type: "directory", path: "", ...newDirectory };

  get root(): DirectoryNode {
    return this.#root;
  }

  get size(): number {
    return this.#nodes.size;
  }

  get(path: ByteText): TreeNode | undefined {
    return path === "" ? this.#root : this.#nodes.get(path);
  }

  /** Puts a node at its path; what stood there is gone. */
  set(node: TreeNode): void {
    if (node.path !== "") this.#nodes.set(node.path, node);
    else if (node.type === "directory") this.#root = node;
    else throw new Error("the root of an image is a directory");
  }

  delete(path: ByteText): void {
    this.#nodes.delete(path);
  }

  /** Every node but the root, in the order in which they were first put. */
  nodes(): IterableIterator<TreeNode> {
    return this.#nodes.values();
  }

  /** The file or symbolic link that a path names, through hard links. */
  inodeAt(path: ByteText): FileNode | SymlinkNode | undefined {
    let node = this.#nodes.get(path);
    while (node?.type === "hardlink") node = this.#nodes.get(node.target);
    return node?.type === "directory" ? undefined : node;
  }

  /**
   * The path that a path leads to when all symbolic links are followed in the image, as opening it
   * there would; undefined when they lead in a circle or out of what is a directory.
   */
  follow(path: ByteText): ByteText | undefined {
    let rest = path.split("/");
    let done: ByteText[] = [];
    for (let links = 0; rest.length > 0;) {
      const [name = "", ...after] = rest;
      rest = after;
      if (name === "" || name === ".") continue;
      if (name === "..") {
        done = done.slice(0, -1);
        continue;
      }
      const here = [...done, name].join("/");
      const node = this.inodeAt(here);
      if (node?.type !== "symlink") {
        done.push(name);
        continue;
      }
      if (++links > 16) return undefined;
      if (node.target.startsWith("/")) done = [];
      rest = [...node.target.split("/"), ...rest];
    }
    return done.join("/");
  }

  /** The file at a path, symbolic links followed. */
  fileAt(path: ByteText): FileNode | undefined {
    const real = this.follow(path);
    const node = real === undefined ? undefined : this.inodeAt(real);
    return node?.type === "file" ? node : undefined;
  }

  /** Makes a directory and those above it where they are missing. */
  makeDirectory(path: ByteText): void {
    if (path === "" || this.#nodes.has(path)) return;
    this.makeDirectory(parentOf(path));
    this.#nodes.set(path, { type: "directory", path, ...newDirectory });
  }

  /**
   * Gives a file new bytes as writing to it would: links are followed, and owner and mode stay
   * where it is there already. Otherwise it is made, with these.
   */
  write(path: ByteText, bytes: Uint8Array, made: Attributes): void {
    const real = this.follow(path) ?? path;
    const content = { kind: "bytes", bytes } as const;
    const node = this.inodeAt(real);
    if (node?.type === "file") {
      this.set({ ...node, content });
      return;
    }
    this.makeDirectory(parentOf(real));
    this.set({ type: "file", path: real, ...made, content });
  }
}
