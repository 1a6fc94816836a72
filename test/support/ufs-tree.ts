// Invariant: the content of a file is decided by its path and size, so that any reader's bytes can
// be compared without keeping them.
import assert from "node:assert/strict";
import type { ByteSink } from "../../src/engine/image/format/bytes-io.ts";
import { memorySource } from "../../src/engine/image/format/bytes-io.ts";
import type { UfsEntry } from "../../src/engine/image/format/ufs/entry.ts";
import type { UfsGeometry } from "../../src/engine/image/format/ufs/geometry.ts";
import { ufsGeometry } from "../../src/engine/image/format/ufs/geometry.ts";
import type { UfsPlan } from "../../src/engine/image/format/ufs/plan.ts";
import { planUfs } from "../../src/engine/image/format/ufs/plan.ts";
import type { UfsImage } from "../../src/engine/image/format/ufs/reader.ts";
import { openUfs } from "../../src/engine/image/format/ufs/reader.ts";
import { writeUfs } from "../../src/engine/image/format/ufs/writer.ts";
import type { Result } from "../../src/engine/result.ts";
import type { Random } from "./random.ts";

export const imageTime = 1767225600;

/** A result's value; a failure fails the test with its words. */
export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) assert.fail(result.failure.message);
  return result.value;
}

export function geometryOf(kib: number, density: number): UfsGeometry {
  return unwrap(ufsGeometry(kib, density));
}

const pattern = Buffer.from(
  Array.from({ length: 65521 }, (_, at) => (at * 167 + (at >> 8)) & 0xff),
);

/** The content of a file; no two neighbouring blocks of it are equal. */
export function contentOf(path: string, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let shift = 1;
  for (const char of path) shift = (shift * 31 + char.charCodeAt(0)) % 4093;
  for (let at = 0; at < size; at += pattern.length - shift) pattern.copy(bytes, at, shift);
  return bytes;
}

/** Fills `into` as a file with that content would. */
export function readContent(plan: UfsPlan) {
  let last: { path: string; bytes: Buffer } | undefined;
  return (path: string, into: Uint8Array, position: number): number => {
    if (last?.path !== path) {
      last = { path, bytes: contentOf(path, plan.tree.byPath.get(path)?.size ?? 0) };
    }
    const part = last.bytes.subarray(position, position + into.length);
    into.set(part);
    return part.length;
  };
}

export function memorySink(bytes: Uint8Array): ByteSink {
  return {
    write: (part, position) => {
      bytes.set(part, position);
    },
  };
}

/** The image of a plan, in memory. */
export function imageOf(plan: UfsPlan, time = imageTime): Buffer {
  const image = Buffer.alloc(plan.geometry.kib * 1024);
  unwrap(writeUfs(plan, memorySink(image), time, readContent(plan)));
  return image;
}

export function openImage(image: Buffer): UfsImage {
  return unwrap(openUfs(memorySource(image)));
}

const boundaries = [
  ...[0, 1, 1023, 1024, 1025, 2048, 2049, 3071, 3072, 3073, 4095, 4096, 4097],
  ...[11 * 4096, 11 * 4096 + 1, 12 * 4096 - 1023, 12 * 4096 - 1, 12 * 4096, 12 * 4096 + 1],
  ...[12 * 4096 + 1024, 13 * 4096 - 1, 13 * 4096, 13 * 4096 + 1],
];

/** Sizes at which a file's blocks begin to be found another way. */
export const boundarySizes: readonly number[] = [
  ...boundaries,
  ...[1036 * 4096 - 1, 1036 * 4096, 1036 * 4096 + 1, 1037 * 4096, 2060 * 4096, 2060 * 4096 + 1],
];

export function file(path: string, size: number): UfsEntry {
  return { type: "file", path, size, mode: 0o644, uid: 0, gid: 3 };
}

export function directory(path: string): UfsEntry {
  return { type: "directory", path, mode: 0o755, uid: 0, gid: 3 };
}

function randomName(random: Random, plain: boolean): string {
  const length = random.next() < 0.05 ? 255 : random.between(1, random.pick([4, 12, 40]));
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789-_+";
  const letter = (): string =>
    plain
      ? letters.charAt(random.between(0, letters.length - 1))
      : String.fromCharCode(random.between(1, 255));
  const name = Array.from({ length }, letter).join("").replaceAll("/", "%");
  return name === "." || name === ".." ? "dots" : name;
}

/** Any tree of about `count` names; `plain`: names that go on a command line. */
export function randomEntries(random: Random, count: number, plain = false): UfsEntry[] {
  const entries: UfsEntry[] = [];
  const directories = [""];
  const linkable: string[] = [];
  const taken = new Set<string>(["lost+found"]);
  while (entries.length < count) {
    const parent = random.pick(directories);
    const name = randomName(random, plain);
    const path = parent === "" ? name : `${parent}/${name}`;
    if (taken.has(path)) continue;
    taken.add(path);
    const ids = [0, 3, 65534, 65535, 65536, 2147483647];
    const owned = {
      path,
      mode: random.between(0, 0o7777),
      uid: random.pick(ids),
      gid: random.pick(ids),
    };
    const dated = random.next() < 0.5 ? owned : { ...owned, mtime: random.between(0, 0x7fffffff) };
    const kind = random.next();
    if (kind < 0.2) {
      entries.push({ ...dated, type: "directory" });
      directories.push(path);
    } else if (kind < 0.35) {
      const target = randomName(random, plain)
        .repeat(random.pick([1, 1, 4]))
        .slice(0, 1023);
      entries.push({ ...dated, type: "symlink", target });
      linkable.push(path);
    } else if (kind < 0.45 && linkable.length > 0) {
      entries.push({ type: "hardlink", path, target: random.pick(linkable) });
      // A link may itself be named as the target of the next one.
      linkable.push(path);
    } else {
      const size = random.next() < 0.5 ? random.pick(boundaries) : random.between(0, 30000);
      entries.push({ ...dated, type: "file", size });
      linkable.push(path);
    }
  }
  return random.shuffle(entries);
}

/** Adds files until nothing is left: one that takes all whole blocks, then single fragments. */
export function fillUp(geometry: UfsGeometry, entries: readonly UfsEntry[]): UfsPlan {
  const base = planUfs(geometry, entries);
  assert.ok(base.fits);
  let all = [...entries];
  for (let blocks = base.has.blocks - base.needs.blocks; blocks > 0; blocks--) {
    const more = [...entries, file("filler", blocks * 4096)];
    if (!planUfs(geometry, more).fits) continue;
    all = more;
    break;
  }
  for (let index = 0; ; index++) {
    const more = [...all, file(`filler${index}`, 1024)];
    if (!planUfs(geometry, more).fits) return planUfs(geometry, all);
    all = more;
  }
}

/** Compares an image with the entries it was made of, by our reader. */
export function checkAgainst(
  image: UfsImage,
  entries: readonly UfsEntry[],
  time = imageTime,
): void {
  const stats = new Map(unwrap(image.paths()).map(({ path, stat }) => [path, stat]));
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const resolve = (entry: UfsEntry): Exclude<UfsEntry, { type: "hardlink" }> => {
    if (entry.type !== "hardlink") return entry;
    const target = byPath.get(entry.target);
    assert.ok(target !== undefined);
    return resolve(target);
  };
  assert.equal(stats.size, entries.length + (byPath.has("lost+found") ? 0 : 1));
  for (const entry of entries) {
    const stat = stats.get(entry.path);
    assert.ok(stat !== undefined, entry.path);
    const origin = resolve(entry);
    assert.equal(stat.inode, stats.get(origin.path)?.inode);
    const { type, mode, uid, gid, mtime = time } = origin;
    const times = { accessed: mtime, modified: mtime, changed: time };
    const expected = { type, mode, uid, gid, ...times };
    const { accessed, modified, changed } = stat;
    const found = { type: stat.type, mode: stat.mode, uid: stat.uid, gid: stat.gid };
    assert.deepEqual({ ...found, accessed, modified, changed }, expected);
    if (origin.type === "file") {
      assert.equal(stat.size, origin.size);
      const bytes = Buffer.alloc(stat.size);
      unwrap(image.open(stat.inode)).read(bytes, 0);
      assert.ok(bytes.equals(contentOf(origin.path, origin.size)), entry.path);
    } else if (origin.type === "symlink") {
      assert.equal(unwrap(image.target(stat.inode)), origin.target);
    }
  }
}
