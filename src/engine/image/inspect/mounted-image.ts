// Invariant: a path means what it means on a running system: /usr is the nested file system, and
// links are followed with the image as their root.
import * as fs from "node:fs";
import type { ByteText } from "../../manifest/byte-text.ts";
import type { ByteSource } from "../format/bytes-io.ts";
import { UnreadableError } from "../format/bytes-io.ts";
import type { FileSystem, ImageNode } from "./file-system.ts";

/** A node, where it stands and in which file system. */
export interface Found {
  /** Relative to the root of the image; "" for the root. */
  readonly path: ByteText;
  readonly node: ImageNode;
  readonly fileSystem: FileSystem;
}

/** As many links as illumos follows in one path. */
const mostLinks = 20;
/** Deeper than any path a system can name; a damaged directory may contain itself. */
const mostLevels = 512;

/** A root file system and the one that is mounted at its usr, if any. */
export class MountedImage {
  readonly #root: FileSystem;
  readonly #usr: FileSystem | undefined;

  constructor(root: FileSystem, usr?: FileSystem) {
    this.#root = root;
    this.#usr = usr;
  }

  get root(): Found {
    return { path: "", node: this.#root.root, fileSystem: this.#root };
  }

  /** What a directory holds, in byte order of the names. */
  children(directory: Found): Found[] {
    const { fileSystem } = directory;
    return fileSystem.children(directory.node).map(({ name, node }) => {
      if (!isName(name)) throw new UnreadableError(`a directory holds the name '${name}'`);
      const path = directory.path === "" ? name : `${directory.path}/${name}`;
      return this.#mounted({ path, node, fileSystem });
    });
  }

  /** All that is below a node, each directory before what it holds. */
  *walk(from: Found = this.root): Generator<Found> {
    if (from.node.kind !== "directory") return;
    const levels: Iterator<Found>[] = [this.children(from).values()];
    for (let level = levels.at(-1); level !== undefined; level = levels.at(-1)) {
      const next = level.next();
      if (next.done === true) {
        levels.pop();
        continue;
      }
      yield next.value;
      if (next.value.node.kind !== "directory") continue;
      if (levels.length >= mostLevels) {
        throw new UnreadableError(`the directories of ${next.value.path} go too deep`);
      }
      levels.push(this.children(next.value).values());
    }
  }

  /** The node at a path; links on the way are followed, the last one only when `follow` says so. */
  find(path: ByteText, follow: boolean): Found | undefined {
    const way: Found[] = [this.root];
    const rest = path.split("/").reverse();
    let links = 0;
    for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
      if (part === "" || part === ".") continue;
      if (part === "..") {
        if (way.length > 1) way.pop();
        continue;
      }
      const at = way.at(-1);
      if (at?.node.kind !== "directory") return undefined;
      const child = this.children(at).find(
        (found) => found.path.slice(found.path.lastIndexOf("/") + 1) === part,
      );
      if (child === undefined) return undefined;
      const isLast = rest.every((word) => word === "" || word === ".");
      if (child.node.kind !== "symlink" || (isLast && !follow)) {
        way.push(child);
        continue;
      }
      if (++links > mostLinks) return undefined;
      const target = child.fileSystem.target(child.node);
      if (target.startsWith("/")) way.length = 1;
      rest.push(...target.split("/").reverse());
    }
    return way.at(-1);
  }

  #mounted(found: Found): Found {
    if (this.#usr === undefined || found.path !== "usr") return found;
    return { path: found.path, node: this.#usr.root, fileSystem: this.#usr };
  }
}

/** The text of a link; undefined for anything else. */
export function targetOf({ node, fileSystem }: Found): ByteText | undefined {
  return node.kind === "symlink" ? fileSystem.target(node) : undefined;
}

/** A file's bytes. */
export function contentOf({ node, fileSystem }: Found): ByteSource {
  return fileSystem.content(node);
}

const pieceBytes = 1024 * 1024;

/** A source's bytes from front to back, in pieces that are valid until the next one is asked for. */
export function* piecesOf(source: ByteSource): Generator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(pieceBytes, source.size));
  for (let at = 0; at < source.size; at += buffer.length) {
    const piece = buffer.subarray(0, Math.min(buffer.length, source.size - at));
    source.read(piece, at);
    yield piece;
  }
}

const zeros = Buffer.alloc(pieceBytes);

/**
 * Writes a source into an open, empty file. Pieces of zeros become holes: an image may say of a few
 * bytes that they are gigabytes.
 */
export function writeOut(source: ByteSource, file: number): void {
  fs.ftruncateSync(file, source.size);
  let at = 0;
  for (const piece of piecesOf(source)) {
    const isEmpty = zeros.compare(piece, 0, piece.length, 0, piece.length) === 0;
    for (let done = 0; !isEmpty && done < piece.length;) {
      done += fs.writeSync(file, piece, done, piece.length - done, at + done);
    }
    at += piece.length;
  }
}

/** Whether a name can stand in a directory; a damaged or forged image may hold others. */
function isName(name: ByteText): boolean {
  return name !== "" && name !== "." && name !== ".." && !/[/\0]/.test(name);
}
