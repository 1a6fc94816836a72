// Invariant: nothing is written outside the target folder: every folder on the way is a real one,
// files are only ever created, and links are made when all files are there.
import * as fs from "node:fs";
import type { ByteText } from "../../manifest/byte-text.ts";
import { pathIn, toText } from "../../manifest/byte-text.ts";
import type { Result } from "../../result.ts";
import { fail, ok } from "../../result.ts";
import { errorReason } from "../sources.ts";
import type { Found, MountedImage } from "./mounted-image.ts";
import { contentOf, targetOf, writeOut } from "./mounted-image.ts";

/** How to write. */
export interface ExtractOptions {
  /** Files and folders alone, all of them readable by the caller and no one else. */
  readonly plain?: boolean;
}

/** What came out. */
export interface Extracted {
  readonly directories: number;
  readonly files: number;
  readonly links: number;
  /** Bytes of files. */
  readonly bytes: number;
  /** Devices and the like, which are left out. */
  readonly skipped: readonly ByteText[];
}

class Refused extends Error {}

/**
 * Writes what is at `from` into the folder `target` (made when it is not there): a directory's
 * contents, or one file. Modes without setuid and setgid and times are kept, owners are those of
 * the caller; hard links stay hard links. Fails, leaving what was written so far, when something
 * already stands where a file should go.
 */
export function extractImage(
  tree: MountedImage,
  from: Found,
  target: string,
  { plain = false }: ExtractOptions = {},
): Result<Extracted> {
  try {
    fs.mkdirSync(target, { recursive: true });
    return ok(new Extraction(tree, from, fs.realpathSync.native(target), plain).run());
  } catch (error) {
    if (error instanceof Refused) {
      return fail("cannot-write", error.message, "Extract into a new folder.");
    }
    if (!(error instanceof Error && "syscall" in error)) throw error;
    return fail("cannot-write", `cannot write to ${target}: ${errorReason(error)}`);
  }
}

class Extraction {
  readonly #tree: MountedImage;
  readonly #from: Found;
  readonly #target: string;
  readonly #plain: boolean;
  readonly #directories: { readonly path: ByteText; readonly found: Found }[] = [];
  readonly #links: { readonly path: ByteText; readonly text: ByteText }[] = [];
  /** First name of each node with more than one, by file system and inode. */
  readonly #firstNames = new Map<Found["fileSystem"], Map<number, ByteText>>();
  readonly #skipped: ByteText[] = [];
  #files = 0;
  #bytes = 0;

  constructor(tree: MountedImage, from: Found, target: string, plain: boolean) {
    this.#tree = tree;
    this.#from = from;
    this.#target = target;
    this.#plain = plain;
  }

  run(): Extracted {
    const from = this.#from;
    const cut = from.path === "" ? 0 : from.path.length + 1;
    if (from.node.kind === "directory") {
      for (const found of this.#tree.walk(from)) this.#take(found, found.path.slice(cut));
    } else {
      this.#take(from, from.path.slice(from.path.lastIndexOf("/") + 1));
    }
    if (!this.#plain) {
      for (const { path, text } of this.#links) this.#symlink(path, text);
      // Last, and deepest first: a folder that may not be written takes no more files.
      for (const { path, found } of this.#directories.toReversed()) this.#finish(path, found);
    }
    const directories = this.#directories.length;
    const links = this.#links.length;
    const bytes = this.#bytes;
    return { directories, files: this.#files, links, bytes, skipped: this.#skipped };
  }

  #take(found: Found, path: ByteText): void {
    switch (found.node.kind) {
      case "directory":
        this.#directory(path);
        this.#directories.push({ path, found });
        break;
      case "file":
        this.#file(path, found);
        break;
      case "symlink":
        this.#links.push({ path, text: targetOf(found) ?? "" });
        break;
      case "other":
        this.#skipped.push(path);
        break;
    }
  }

  #directory(path: ByteText): void {
    const full = pathIn(this.#target, path);
    try {
      fs.mkdirSync(full, 0o700);
    } catch (error) {
      if (!isThere(error)) throw error;
      if (!fs.lstatSync(full).isDirectory()) {
        throw new Refused(`${this.#target}/${toText(path)} is there, and is no folder`);
      }
    }
  }

  #file(path: ByteText, found: Found): void {
    this.#files++;
    const names = this.#firstNames.get(found.fileSystem) ?? new Map<number, ByteText>();
    this.#firstNames.set(found.fileSystem, names);
    const first = names.get(found.node.inode);
    if (first !== undefined) {
      this.#create(path, (full) => {
        fs.linkSync(pathIn(this.#target, first), full);
      });
      return;
    }
    if (found.node.links > 1) names.set(found.node.inode, path);
    this.#create(path, (full) => {
      const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = fs.constants;
      const file = fs.openSync(full, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
      try {
        writeOut(contentOf(found), file);
        this.#bytes += found.node.size;
        if (this.#plain) return;
        fs.fchmodSync(file, found.node.mode & 0o1777);
        fs.futimesSync(file, found.node.modified, found.node.modified);
      } finally {
        fs.closeSync(file);
      }
    });
  }

  #symlink(path: ByteText, text: ByteText): void {
    this.#create(path, (full) => {
      fs.symlinkSync(Buffer.from(text, "latin1"), full);
    });
  }

  #create(path: ByteText, make: (full: string | Buffer) => void): void {
    try {
      make(pathIn(this.#target, path));
    } catch (error) {
      if (!isThere(error)) throw error;
      throw new Refused(`${this.#target}/${toText(path)} is already there`);
    }
  }

  #finish(path: ByteText, { node }: Found): void {
    const full = pathIn(this.#target, path);
    const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = fs.constants;
    const folder = fs.openSync(full, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    try {
      fs.futimesSync(folder, node.modified, node.modified);
      fs.fchmodSync(folder, node.mode & 0o1777);
    } finally {
      fs.closeSync(folder);
    }
  }
}

function isThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
