// Invariant: where a byte goes is decided by the plan alone, so files may be given in any order and
// the image is the same; finish() writes what ties them together, once every file is there.
import type { Result } from "../../../result.ts";
import { fail, ok } from "../../../result.ts";
import type { ByteSink } from "../bytes-io.ts";
import { packDirectory } from "./directory.ts";
import { blockPlace, indirectBlocks } from "./file-blocks.ts";
import { ownBlockAddress } from "./inode.ts";
import { blockBytes, blockFragments, fragmentBytes, latestTime, rootInode } from "./layout.ts";
import { writeMetadata } from "./metadata.ts";
import type { ContentPlace, UfsPlan } from "./plan.ts";
import { planFailure } from "./plan.ts";
import type { UfsNode } from "./tree.ts";

const roomBytes = 1024 * 1024;

interface OpenFile {
  readonly node: UfsNode;
  readonly content: ContentPlace;
  done: number;
}

/** Writes a planned file system. Content passes through at most 1 MiB of memory at a time. */
export class UfsWriter {
  readonly #plan: UfsPlan;
  readonly #sink: ByteSink;
  readonly #time: number;
  readonly #room = Buffer.allocUnsafeSlow(roomBytes);
  readonly #missing = new Set<UfsNode>();
  #open: OpenFile | undefined;

  /** Use startUfs. */
  constructor(plan: UfsPlan, sink: ByteSink, time: number) {
    this.#plan = plan;
    this.#sink = sink;
    this.#time = time;
    for (const node of plan.tree.nodes) if (node.content.kind === "file") this.#missing.add(node);
  }

  /** Begins a planned file, by any of its names; returns the number of bytes it is to have. */
  beginFile(path: string): number {
    if (this.#open !== undefined) throw new Error(`${this.#open.node.path} is not ended yet`);
    const node = this.#plan.tree.byPath.get(path);
    if (node === undefined || !this.#missing.has(node)) {
      throw new Error(`${path} is no file of the plan, or was given before`);
    }
    const content = this.#place(node);
    this.#open = { node, content, done: 0 };
    this.#writeIndirect(content);
    return node.size;
  }

  /** Memory for the file's next bytes, up to `wanted` of them; valid until the next call. */
  room(wanted: number): Uint8Array {
    const { node, done } = this.#opened();
    return this.#room.subarray(0, Math.min(wanted, node.size - done));
  }

  /** Takes the first `count` bytes of that memory as the file's next ones. */
  advance(count: number): void {
    const open = this.#opened();
    if (count > open.node.size - open.done) throw new Error("more bytes than the file has");
    this.#write(open.content, this.#room.subarray(0, count), open.done);
    open.done += count;
  }

  /** Ends a file all of whose bytes were given. */
  endFile(): void {
    const { node, done } = this.#opened();
    if (done !== node.size) throw new Error(`${node.path} ended ${node.size - done} bytes early`);
    this.#missing.delete(node);
    this.#open = undefined;
  }

  /** Writes directories, symlinks and all metadata. Every file must have been given. */
  finish(): void {
    const [missing] = this.#missing;
    if (missing !== undefined) throw new Error(`${missing.path} was not given`);
    const { tree } = this.#plan;
    for (const node of tree.nodes) {
      const { content } = node;
      if (content.kind === "symlink") {
        this.#write(this.#place(node), Buffer.from(content.target, "latin1"), 0);
      } else if (content.kind === "directory") {
        const names = content.names.map((each) => ({ name: each.name, inode: each.node.inode }));
        const bytes = packDirectory(node.inode, content.parent.inode, names, node.size);
        const place = this.#place(node);
        this.#writeIndirect(place);
        this.#write(place, bytes, 0);
      }
    }
    writeMetadata(this.#plan, this.#sink, this.#time);
  }

  #opened(): OpenFile {
    if (this.#open === undefined) throw new Error("no file was begun");
    return this.#open;
  }

  #place(node: UfsNode): ContentPlace {
    const place = this.#plan.places[node.inode - rootInode];
    if (place === undefined) throw new Error(`${node.path} has no place`);
    return place;
  }

  /** Writes part of a content, in one write for every stretch of neighbouring blocks. */
  #write(content: ContentPlace, bytes: Uint8Array, position: number): void {
    for (let from = 0; from < bytes.length;) {
      const start = this.#addressOf(content, position + from);
      let end = from + this.#leftInBlock(position + from);
      while (
        end < bytes.length &&
        this.#addressOf(content, position + end) === start + end - from
      ) {
        end += blockBytes;
      }
      this.#sink.write(bytes.subarray(from, end), start);
      from = end;
    }
  }

  #leftInBlock(position: number): number {
    return blockBytes - (position % blockBytes);
  }

  /** Where byte `position` of a content is in the image. */
  #addressOf(content: ContentPlace, position: number): number {
    const index = Math.floor(position / blockBytes);
    const address =
      index < content.dataBlocks
        ? ownBlockAddress(this.#plan.geometry, content, blockPlace(index))
        : content.tailAddress;
    return address * fragmentBytes + (position % blockBytes);
  }

  #writeIndirect(content: ContentPlace): void {
    const { geometry } = this.#plan;
    for (const { place, lists } of indirectBlocks(content.dataBlocks)) {
      const bytes = Buffer.alloc(blockFragments * fragmentBytes);
      lists.forEach((listed, index) => {
        bytes.writeInt32LE(ownBlockAddress(geometry, content, listed), index * 4);
      });
      this.#sink.write(bytes, ownBlockAddress(geometry, content, place) * fragmentBytes);
    }
  }
}

/**
 * Begins to write a planned file system. `sink`: empty, of exactly geometry.kib KiB, unwritten
 * bytes zero (fileSink); `time`: seconds since 1970, of the file system and of everything without
 * a time of its own; the kernel sets a dead clock by it, so it must not lie in the future. Fails
 * when the plan has problems or does not fit.
 */
export function startUfs(plan: UfsPlan, sink: ByteSink, time: number): Result<UfsWriter> {
  const failure = planFailure(plan);
  if (failure !== undefined) return { ok: false, failure };
  if (!Number.isInteger(time) || time < 0 || time > latestTime) {
    return fail("bad-input", `a UFS image cannot have a time of ${time} seconds since 1970`);
  }
  return ok(new UfsWriter(plan, sink, time));
}

/**
 * Fills the start of `into` with a file's bytes from `position` on, as many as are at hand;
 * returns how many, 0 at the end of the file. It is also asked for the byte after the planned end,
 * to notice a file that became longer.
 */
export type ReadContent = (path: string, into: Uint8Array, position: number) => number;

/** Writes a whole planned file system; fails also when a file has not exactly its planned size. */
export function writeUfs(
  plan: UfsPlan,
  sink: ByteSink,
  time: number,
  read: ReadContent,
): Result<undefined> {
  const started = startUfs(plan, sink, time);
  if (!started.ok) return started;
  const writer = started.value;
  const probe = Buffer.alloc(1);
  for (const node of plan.tree.nodes) {
    if (node.content.kind !== "file") continue;
    const size = writer.beginFile(node.path);
    for (let done = 0; done < size;) {
      const count = read(node.path, writer.room(size - done), done);
      if (count === 0) return changed(node.path, "shorter", size);
      writer.advance(count);
      done += count;
    }
    if (read(node.path, probe, size) !== 0) return changed(node.path, "longer", size);
    writer.endFile();
  }
  writer.finish();
  return ok(undefined);
}

function changed(path: string, how: "shorter" | "longer", size: number) {
  return fail(
    "bad-input",
    `${path} became ${how} than the ${size} bytes it had when the image was planned`,
    "Try again once nothing writes to it.",
  );
}
