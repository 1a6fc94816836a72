// Invariant: nothing that is written in an image is believed before it is checked; a damaged image
// gives failures, never an exception or an endless walk.
import type { Result } from "../../../result.ts";
import type { ByteSource } from "../bytes-io.ts";
import { readable, UnreadableError } from "../bytes-io.ts";
import type { DirectoryName } from "./directory.ts";
import {
  inodeBytes,
  inodeRecord,
  longestTarget,
  modeTypeMask,
  modeTypes,
  permissionMask,
  rootInode,
} from "./layout.ts";
import { unpackDirectory } from "./read-directory.ts";
import { contentSource } from "./read-file.ts";
import type { UfsInfo } from "./read-super-block.ts";
import { readSuperBlock } from "./read-super-block.ts";

/** What an inode can be. */
export type UfsType = keyof typeof modeTypes;

/** What an inode says. */
export interface UfsStat {
  readonly inode: number;
  readonly type: UfsType;
  /** Permissions, setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly links: number;
  /** Bytes. */
  readonly size: number;
  /** Space it takes, in sectors of 512 bytes. */
  readonly sectors: number;
  /** Seconds since 1970. */
  readonly accessed: number;
  readonly modified: number;
  readonly changed: number;
  readonly generation: number;
  /** Major and minor number of a device, as they are stored. */
  readonly device: number;
}

/** One name of the tree. */
export interface UfsPath {
  /** From the root, without a leading slash; bytes in a latin1 string. */
  readonly path: string;
  readonly stat: UfsStat;
}

const typeNames = Object.entries(modeTypes) as readonly [UfsType, number][];

/** Largest directory that is read into memory. */
const mostDirectoryBytes = 64 * 1024 * 1024;

/** A UFS image, open for reading. Symlinks are never followed. */
export class UfsImage {
  readonly info: UfsInfo;
  readonly #source: ByteSource;

  /** Use openUfs. */
  constructor(source: ByteSource, info: UfsInfo) {
    this.#source = source;
    this.info = info;
  }

  /** What an inode (the root is 2) says. */
  stat(inode: number): Result<UfsStat> {
    return readable(`inode ${inode}`, () => this.#inode(inode).stat);
  }

  /** The names in a directory, as they stand there, without `.` and `..`. */
  list(inode: number): Result<readonly DirectoryName[]> {
    return readable(`directory with inode ${inode}`, () => this.#list(inode));
  }

  /** What stands at a path (bytes in a latin1 string; slashes at its ends do not matter). */
  find(path: string): Result<UfsStat> {
    return readable(`/${path.replace(/^\/+/, "")}`, () => {
      let inode = rootInode;
      for (const part of path.split("/")) {
        if (part === "") continue;
        const next = this.#list(inode).find(({ name }) => name === part);
        if (next === undefined) throw new UnreadableError(`${part} is not there`);
        inode = next.inode;
      }
      return this.#inode(inode).stat;
    });
  }

  /** A file's content. Its read() throws an UnreadableError only when the image cannot be read. */
  open(inode: number): Result<ByteSource> {
    return readable(`file with inode ${inode}`, () => {
      const { type } = this.#inode(inode).stat;
      if (type !== "file") throw new UnreadableError(`it is a ${type}`);
      return this.#content(inode);
    });
  }

  /** A symlink's target, bytes in a latin1 string. */
  target(inode: number): Result<string> {
    return readable(`symlink with inode ${inode}`, () => {
      const { type, size } = this.#inode(inode).stat;
      if (type !== "symlink") throw new UnreadableError(`it is a ${type}`);
      if (size > longestTarget) throw new UnreadableError(`its target has ${size} bytes`);
      return this.#all(inode, size).toString("latin1");
    });
  }

  /** Every name but the root, depth first, names in the order of their directory. */
  paths(): Result<readonly UfsPath[]> {
    return readable("the directory tree", () => {
      const found: UfsPath[] = [];
      const seen = new Set<number>([rootInode]);
      const waiting: { readonly path: string; readonly inode: number }[] = [];
      const enter = (path: string, inode: number): void => {
        const names = this.#list(inode);
        for (const { name, inode: child } of names.toReversed()) {
          waiting.push({ path: path === "" ? name : `${path}/${name}`, inode: child });
        }
      };
      enter("", rootInode);
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const { stat } = this.#inode(next.inode);
        found.push({ path: next.path, stat });
        if (stat.type !== "directory") continue;
        if (seen.has(next.inode)) throw new UnreadableError(`${next.path} has two names`);
        seen.add(next.inode);
        enter(next.path, next.inode);
      }
      return found;
    });
  }

  #list(inode: number): DirectoryName[] {
    const { type, size } = this.#inode(inode).stat;
    if (type !== "directory") throw new UnreadableError(`inode ${inode} is a ${type}`);
    if (size > mostDirectoryBytes) throw new UnreadableError(`a directory has ${size} bytes`);
    return unpackDirectory(this.#all(inode, size));
  }

  #all(inode: number, size: number): Buffer {
    const bytes = Buffer.alloc(size);
    this.#content(inode).read(bytes, 0);
    return bytes;
  }

  #content(inode: number): ByteSource {
    const { stat, direct, indirect } = this.#inode(inode);
    return contentSource(this.#source, this.info, { size: stat.size, direct, indirect });
  }

  #inode(inode: number) {
    const { inodesPerGroup, groups, fragmentBytes, fields } = this.info;
    if (!Number.isInteger(inode) || inode < rootInode || inode >= groups * inodesPerGroup) {
      throw new UnreadableError(`there is no inode ${inode}`);
    }
    const group = Math.floor(inode / inodesPerGroup);
    // Groups of file systems with several tracks begin at shifted places.
    const shift = fields.groupSkew * (group & ~fields.groupSkewMask);
    const start = group * fields.fragmentsPerGroup + shift + fields.inodesOffset;
    const bytes = new Uint8Array(inodeBytes);
    const position = start * fragmentBytes + (inode % inodesPerGroup) * inodeBytes;
    this.#source.read(bytes, position);
    const { direct, indirect, ...record } = inodeRecord.read(bytes);
    const type = typeNames.find(([, bits]) => bits === (record.mode & modeTypeMask))?.[0];
    if (type === undefined) throw new UnreadableError(`inode ${inode} is not in use`);
    const stat: UfsStat = {
      inode,
      type,
      mode: record.mode & permissionMask,
      // The short fields are valid unless they say that the owner does not fit.
      uid: record.shortUid === 0xffff ? record.uid : record.shortUid,
      gid: record.shortGid === 0xffff ? record.gid : record.shortGid,
      links: record.links,
      size: record.size,
      sectors: record.sectors,
      accessed: record.accessed,
      modified: record.modified,
      changed: record.changed,
      generation: record.generation,
      device: type === "character" || type === "block" ? (direct[1] ?? 0) : 0,
    };
    return { stat, direct, indirect };
  }
}

/**
 * Opens a UFS file system of an x86 machine: ours, or any that illumos made with one of its block
 * sizes. Fails when there is none or its super block is damaged.
 */
export function openUfs(source: ByteSource): Result<UfsImage> {
  return readable("UFS image", () => new UfsImage(source, readSuperBlock(source)));
}
