// Invariant: what the images hold is written out here once; images are made by the writer that
// builds use.
import * as fs from "node:fs";
import { dirname, join } from "node:path";
import { fileSink, fileSource } from "../../src/engine/image/format/bytes-io.ts";
import { compressLofi } from "../../src/engine/image/format/lofi/writer.ts";
import type { UfsEntry } from "../../src/engine/image/format/ufs/entry.ts";
import { ufsGeometry } from "../../src/engine/image/format/ufs/geometry.ts";
import { planUfs } from "../../src/engine/image/format/ufs/plan.ts";
import { startUfs } from "../../src/engine/image/format/ufs/writer.ts";

/** What stands at a path: text or bytes of a file, `null` a directory, else a link. */
export type Content =
  string | Buffer | null | { readonly symlink: string } | { readonly hardlink: string };

/** An entry with mode and owner where they are not the usual ones. */
export type Item = Content | { content: Content; mode?: number; uid?: number; gid?: number };

/** Seconds since 1970 of everything in these images. */
export const imageTime = 1_700_000_000;

function hasContent(item: Item): item is Extract<Item, { content: Content }> {
  return typeof item === "object" && item !== null && "content" in item;
}

function entryOf(path: string, item: Item): [UfsEntry, Buffer | undefined] {
  const { content, ...given } = hasContent(item) ? item : { content: item };
  const owned = { path, mode: content === null ? 0o755 : 0o644, uid: 0, gid: 0, ...given };
  if (content === null) return [{ type: "directory", ...owned }, undefined];
  if (typeof content === "string" || Buffer.isBuffer(content)) {
    const bytes = Buffer.from(content);
    return [{ type: "file", ...owned, size: bytes.length }, bytes];
  }
  if ("symlink" in content) {
    return [{ type: "symlink", ...owned, mode: 0o777, target: content.symlink }, undefined];
  }
  return [{ type: "hardlink", path, target: content.hardlink }, undefined];
}

/** A UFS image of `kib` KiB. */
export function makeUfs(file: string, kib: number, items: Readonly<Record<string, Item>>): void {
  const geometry = ufsGeometry(kib, 4096);
  if (!geometry.ok) throw new Error(geometry.failure.message);
  const entries = Object.entries(items).map(([path, item]) => entryOf(path, item));
  const plan = planUfs(
    geometry.value,
    entries.map(([entry]) => entry),
  );
  fs.mkdirSync(dirname(file), { recursive: true });
  const descriptor = fs.openSync(file, "w");
  try {
    const started = startUfs(plan, fileSink(descriptor, kib * 1024), imageTime);
    if (!started.ok) throw new Error(started.failure.message);
    const writer = started.value;
    for (const [{ path }, bytes] of entries) {
      if (bytes === undefined) continue;
      writer.beginFile(path);
      for (let from = 0; from < bytes.length;) {
        const room = writer.room(bytes.length - from);
        from += bytes.copy(room, 0, from, from + room.length);
        writer.advance(room.length);
      }
      writer.endFile();
    }
    writer.finish();
  } finally {
    fs.closeSync(descriptor);
  }
}

/** A compressed file system. */
export async function makeLgz(
  file: string,
  kib: number,
  items: Readonly<Record<string, Item>>,
): Promise<void> {
  makeUfs(`${file}.ufs`, kib, items);
  const [from, to] = [fs.openSync(`${file}.ufs`, "r"), fs.openSync(file, "w")];
  try {
    const sink = {
      write: (bytes: Uint8Array, position: number): void => {
        fs.writeSync(to, bytes, 0, bytes.length, position);
      },
    };
    const made = await compressLofi(fileSource(from), sink);
    if (!made.ok) throw new Error(made.failure.message);
  } finally {
    fs.closeSync(from);
    fs.closeSync(to);
    fs.rmSync(`${file}.ufs`);
  }
}

/** A boot archive with its compressed /usr inside. */
export async function makeArchive(
  file: string,
  root: Readonly<Record<string, Item>>,
  usr: Readonly<Record<string, Item>>,
): Promise<void> {
  fs.mkdirSync(dirname(file), { recursive: true });
  const nested = join(dirname(file), "usr.lgz.making");
  await makeLgz(nested, 4096, usr);
  makeUfs(file, 8192, {
    usr: null,
    "usr.lgz": { content: fs.readFileSync(nested), mode: 0o1600 },
    ...root,
  });
  fs.rmSync(nested);
}
