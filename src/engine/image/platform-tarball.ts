// Invariant: the tarball holds what it is given in byte order of the names, owned by root, at one
// time, whatever the folder on disk says.
import { createReadStream, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { ByteText } from "../manifest/byte-text.ts";
import { compareBytes } from "../manifest/byte-text.ts";
import { gzip } from "./format/gzip.ts";
import { tarEnd, tarHeader, tarPadding } from "./format/tar.ts";
import { WriteError } from "./writer.ts";

/** A file or folder of the tarball. */
export interface TarballEntry {
  readonly path: ByteText;
  /** Absent for a folder. */
  readonly content?: { readonly file: string; readonly size: number };
}

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
    return { path: `${platform}/${name}`, content: { file, size: statSync(file).size } };
  });
  return [...[...folders].map((path) => ({ path })), ...contents];
}

async function* tarBytes(
  entries: readonly TarballEntry[],
  mtime: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  for (const { path, content } of entries.toSorted((a, b) => compareBytes(a.path, b.path))) {
    const common = { path, uid: 0, gid: 0, mtime };
    if (content === undefined) {
      const header = tarHeader({ ...common, type: "directory", mode: 0o755 });
      length += header.length;
      yield header;
      continue;
    }
    const { file, size } = content;
    const header = tarHeader({ ...common, type: "file", mode: 0o644, size });
    const padding = tarPadding(size);
    length += header.length + size + padding;
    yield header;
    if (size > 0) {
      const stream = createReadStream(file, { end: size - 1, highWaterMark: 512 * 1024, signal });
      for await (const chunk of stream) yield chunk as Buffer;
    }
    yield new Uint8Array(padding);
  }
  yield tarEnd(length);
}

/**
 * Writes a gzipped tar of the entries to a new file. Throws a WriteError when that fails, and the
 * signal's reason (an AbortError) when it comes.
 */
export async function writeTarball(
  path: string,
  entries: readonly TarballEntry[],
  options: { readonly mtime: number; readonly level: number; readonly signal: AbortSignal },
): Promise<void> {
  const { mtime, level, signal } = options;
  const file = await open(path, "wx", 0o644);
  try {
    for await (const chunk of gzip(tarBytes(entries, mtime, signal), level)) {
      signal.throwIfAborted();
      await file.writeFile(chunk).catch((error: unknown) => {
        throw new WriteError(path, error);
      });
    }
  } finally {
    await file.close();
  }
}
