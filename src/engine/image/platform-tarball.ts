// Invariant: the tarball holds what it is given in byte order of the names, owned by root, at one
// time, whatever the folder on disk says.
import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { ByteText } from "../manifest/byte-text.ts";
import { compareBytes } from "../manifest/byte-text.ts";
import { gatherer } from "./format/bytes-io.ts";
import { gzip } from "./format/gzip.ts";
import { tarEnd, tarHeader, tarPadding } from "./format/tar.ts";
import { giveBackBuffers } from "./give-back-memory.ts";
import { WriteError } from "./write-error.ts";

/** A file or folder of the tarball. */
export interface TarballEntry {
  readonly path: ByteText;
  readonly mode: number;
  /** Absent for a folder. */
  readonly content?: { readonly file: string; readonly size: number };
  /** The content is the SHA-1 (hex, a line) of this entry, which must come before this one. */
  readonly sha1Of?: ByteText;
}

const sha1LineBytes = 41;

/** Bytes read between two collections of the buffers that were made of them. */
const collectEvery = 16 * 1024 * 1024;

const readBytes = 512 * 1024;

/** Files of a platform folder, by path below it, and every folder above them. */
export function platformEntries(
  folder: string,
  platform: string,
  files: readonly string[],
): TarballEntry[] {
  const folders = new Set([platform]);
  for (const file of files) {
    const parts = file.split("/").slice(0, -1);
    parts.forEach((_, index) => folders.add([platform, ...parts.slice(0, index + 1)].join("/")));
  }
  const contents = files.map((name) => {
    const file = join(folder, name);
    const stats = statSync(file);
    const executable = (stats.mode & 0o100) !== 0 ? 0o111 : 0;
    const mode = (stats.mode & 0o077) === 0 ? 0o600 : 0o644 | executable;
    return { path: `${platform}/${name}`, mode, content: { file, size: stats.size } };
  });
  return [...[...folders].map((path) => ({ path, mode: 0o755 })), ...contents];
}

/** What has the sums of the entries that others name. */
type Sums = Map<ByteText, string>;

/**
 * The first `size` bytes of a file, in memory that is used again. Read where they are needed: in the
 * thread pool a read would wait behind the blocks that are being compressed.
 */
async function* fileBytes(
  path: string,
  size: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const memory = Buffer.allocUnsafeSlow(Math.min(readBytes, size));
  const file = openSync(path, "r");
  try {
    for (let done = 0; done < size;) {
      const count = readSync(file, memory, 0, Math.min(memory.length, size - done), done);
      if (count === 0) throw new Error(`${path} became shorter while it was read`);
      done += count;
      if (done % collectEvery === 0) giveBackBuffers();
      yield memory.subarray(0, count);
      // Signals get in here; blocks that are stored as they are give them no other chance.
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  } finally {
    closeSync(file);
  }
}

async function* tarBytes(
  entries: readonly TarballEntry[],
  mtime: number,
  sums: Sums,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  const summed = new Set(entries.map(({ sha1Of }) => sha1Of));
  for (const entry of entries.toSorted((a, b) => compareBytes(a.path, b.path))) {
    const { path, mode, content, sha1Of } = entry;
    const common = { path, mode, uid: 0, gid: 0, mtime };
    if (sha1Of !== undefined) {
      const line = Buffer.from(`${sums.get(sha1Of) ?? ""}\n`);
      const header = tarHeader({ ...common, type: "file", size: sha1LineBytes });
      length += header.length + line.length + tarPadding(line.length);
      yield Buffer.concat([header, line, Buffer.alloc(tarPadding(line.length))]);
      continue;
    }
    if (content === undefined) {
      const header = tarHeader({ ...common, type: "directory" });
      length += header.length;
      yield header;
      continue;
    }
    const { file, size } = content;
    const header = tarHeader({ ...common, type: "file", size });
    const padding = tarPadding(size);
    length += header.length + size + padding;
    yield header;
    const sum = summed.has(path) ? createHash("sha1") : undefined;
    for await (const chunk of fileBytes(file, size, signal)) {
      sum?.update(chunk);
      yield chunk;
    }
    if (sum !== undefined) sums.set(path, sum.digest("hex"));
    yield new Uint8Array(padding);
  }
  yield tarEnd(length);
}

/**
 * Writes a gzipped tar of the entries to a new file; resolves to the SHA-1 (hex) of those that
 * others name, by path. Throws a WriteError when that fails, and the signal's reason (an AbortError)
 * when it comes.
 */
export async function writeTarball(
  path: string,
  entries: readonly TarballEntry[],
  options: { readonly mtime: number; readonly level: number; readonly signal: AbortSignal },
): Promise<ReadonlyMap<ByteText, string>> {
  const { mtime, level, signal } = options;
  const sums: Sums = new Map();
  const file = openSync(path, "wx", 0o644);
  const gathered = gatherer((bytes) => {
    try {
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    } catch (error) {
      throw new WriteError(path, error);
    }
  });
  try {
    for await (const chunk of gzip(tarBytes(entries, mtime, sums, signal), level)) {
      signal.throwIfAborted();
      gathered.write(chunk);
    }
    gathered.flush();
  } finally {
    closeSync(file);
  }
  return sums;
}
