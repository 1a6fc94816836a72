// Invariant: every image is checked twice: what it says of itself, and what a reader gets out of it.
// Longer runs: UFS_ROUNDS=2000.
import assert from "node:assert/strict";
import { mkdtempSync, openSync, closeSync, rmSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileSink, memorySource } from "../../src/engine/image/format/bytes-io.ts";
import type { UfsEntry } from "../../src/engine/image/format/ufs/entry.ts";
import { planUfs } from "../../src/engine/image/format/ufs/plan.ts";
import { openUfs } from "../../src/engine/image/format/ufs/reader.ts";
import { startUfs, writeUfs } from "../../src/engine/image/format/ufs/writer.ts";
import { Random } from "../support/random.ts";
import { checkUfs } from "../support/ufs-fsck.ts";
import {
  boundarySizes,
  checkAgainst,
  contentOf,
  directory,
  file,
  fillUp,
  geometryOf,
  imageOf,
  imageTime,
  memorySink,
  openImage,
  randomEntries,
  readContent,
  unwrap,
} from "../support/ufs-tree.ts";

const rounds = Number(process.env["UFS_ROUNDS"] ?? 60);

describe("a UFS image", () => {
  it("holds files of every size at which something changes", () => {
    const entries = boundarySizes.map((size) => file(`size ${size}`, size));
    const image = imageOf(planUfs(geometryOf(60000, 8192), entries));
    checkUfs(memorySource(image));
    checkAgainst(openImage(image), entries);
  });

  it("holds any tree, in any size of image", () => {
    for (let round = 0; round < rounds; round++) {
      const random = new Random(round);
      const kib = random.between(1500, random.pick([3000, 9000, 20000]));
      const geometry = geometryOf(kib, random.pick([1024, 4096, 12248]));
      const entries = randomEntries(random, random.between(0, random.pick([5, 60, 200])));
      let plan = planUfs(geometry, entries);
      assert.deepEqual(plan.problems, []);
      if (!plan.fits) continue;
      if (round % 3 === 0) plan = fillUp(geometry, entries);
      const image = imageOf(plan);
      try {
        checkUfs(memorySource(image));
        const fillers = plan.tree.nodes.filter((node) => node.path.startsWith("filler"));
        const all = [...entries, ...fillers.map((node) => file(node.path, node.size))];
        checkAgainst(openImage(image), all);
      } catch (error) {
        throw new Error(`round ${round}, ${kib} KiB`, { cause: error });
      }
    }
  });

  it("holds a directory that needs blocks of addresses", () => {
    const name = (index: number): string => `${index}`.padStart(200, "-");
    const entries = Array.from({ length: 3000 }, (_, index) => file(`d/${name(index)}`, 10));
    const image = imageOf(planUfs(geometryOf(20000, 4096), [directory("d"), ...entries]));
    checkUfs(memorySource(image));
    checkAgainst(openImage(image), [directory("d"), ...entries]);
    const stat = unwrap(openImage(image).find(`d/${name(2999)}`));
    assert.equal(stat.size, 10);
  });

  it("gives the root and lost+found the owners of their entries", () => {
    const entries: UfsEntry[] = [
      { type: "directory", path: "", mode: 0o1777, uid: 5, gid: 70000, mtime: 99 },
      { type: "directory", path: "lost+found", mode: 0o755, uid: 6, gid: 7 },
      file("lost+found/found", 12),
    ];
    const image = imageOf(planUfs(geometryOf(2048, 4096), entries));
    checkUfs(memorySource(image));
    const opened = openImage(image);
    const root = unwrap(opened.stat(2));
    assert.deepEqual([root.mode, root.uid, root.gid, root.modified], [0o1777, 5, 70000, 99]);
    checkAgainst(opened, entries.slice(1));
    assert.equal(unwrap(opened.find("/lost+found")).size, 4096);
  });

  it("is the same whatever order its files are given in, and through a file", () => {
    const random = new Random(21);
    const entries = [...randomEntries(random, 60), file("large", 5_000_001)];
    const plan = planUfs(geometryOf(16384, 4096), entries);
    const image = imageOf(plan);
    const dir = mkdtempSync(join(tmpdir(), "ufs-"));
    try {
      const path = join(dir, "image");
      const descriptor = openSync(path, "w+");
      const writer = unwrap(startUfs(plan, fileSink(descriptor, image.length), imageTime));
      const files = plan.tree.nodes.filter((node) => node.content.kind === "file");
      for (const node of random.shuffle(files)) {
        const size = writer.beginFile(node.path);
        const content = contentOf(node.path, size);
        for (let done = 0; done < size;) {
          // Readers give what they have, not what they were asked for.
          const wanted = Math.min(
            size - done,
            random.between(1, random.pick([100, 5000, 2 ** 21])),
          );
          const room = writer.room(wanted);
          assert.ok(room.length >= 1 && room.length <= wanted);
          room.set(content.subarray(done, done + room.length));
          writer.advance(room.length);
          done += room.length;
        }
        writer.endFile();
      }
      writer.finish();
      closeSync(descriptor);
      assert.ok(readFileSync(path).equals(image));
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  it("reads the holes that a running system leaves in files as zeros", () => {
    const size = 2100 * 4096 + 5;
    const image = imageOf(planUfs(geometryOf(20000, 4096), [file("f", size)]));
    const expected = contentOf("f", size);
    const inode = 28 * 1024 + 4 * 128;
    const double = image.readInt32LE(inode + 92) * 1024;
    // A direct block, all that the single block of addresses lists, all of the second second-level.
    for (const [place, first, count] of [
      [inode + 40 + 4, 1, 1],
      [inode + 88, 12, 1024],
      [double + 4, 2060, 41],
    ] as const) {
      image.writeInt32LE(0, place);
      expected.fill(0, first * 4096, Math.min(size, (first + count) * 4096));
    }
    const source = unwrap(openImage(image).open(4));
    for (const [position, length] of [
      [0, size],
      [4000, 5000],
      [11 * 4096 + 1, 3 * 4096],
      [2059 * 4096 + 7, 4096 * 2],
      [size - 1, 1],
    ] as const) {
      const bytes = Buffer.alloc(length, 1);
      source.read(bytes, position);
      assert.ok(bytes.equals(expected.subarray(position, position + length)));
    }
  });

  it("is read after a running system removed names from it", () => {
    const names = ["a", "b", "c"].map((name) => name.repeat(100));
    const more = ["d", "e", "f", "g"].map((name) => name.repeat(100));
    const plan = planUfs(
      geometryOf(2048, 4096),
      [...names, ...more].map((path) => file(path, 1)),
    );
    const image = imageOf(plan);
    const start = (plan.places[0]?.tailAddress ?? 0) * 1024;
    const at = (name: string): number => image.indexOf(name, start, "latin1") - 8;
    // The record before takes the space; the first of a chunk stays, with inode 0.
    const [first = "", second = "", third = ""] = names;
    image.writeUInt16LE(at(third) - at(first), at(first) + 4);
    const inSecondChunk = more.find((name) => (at(name) - start) % 512 === 0) ?? "";
    image.writeUInt32LE(0, at(inSecondChunk));
    const found = unwrap(openImage(image).list(2)).map(({ name }) => name);
    const gone = [second, inSecondChunk];
    const left = [...names, ...more, "lost+found"].filter((name) => !gone.includes(name));
    assert.deepEqual(found, left.toSorted());
  });

  it("is refused when a file changed since it was planned", () => {
    const plan = planUfs(geometryOf(2048, 4096), [file("a", 5000), file("b", 10)]);
    const sink = memorySink(Buffer.alloc(2048 * 1024));
    const read = readContent(plan);
    const shorter = writeUfs(plan, sink, 0, (path, into, position) =>
      path === "a" && position >= 4096 ? 0 : read(path, into.subarray(0, 4096), position),
    );
    const longer = writeUfs(plan, sink, 0, (path, into, position) =>
      path === "b" && position >= 10 ? 1 : read(path, into, position),
    );
    for (const [result, words] of [
      [shorter, "a became shorter than the 5000 bytes it had when the image was planned"],
      [longer, "b became longer than the 10 bytes it had when the image was planned"],
    ] as const) {
      assert.ok(!result.ok);
      assert.equal(result.failure.message, words);
    }
  });

  it("stops a writer that is used wrongly", () => {
    const plan = planUfs(geometryOf(2048, 4096), [file("a", 10), directory("d")]);
    const start = () => unwrap(startUfs(plan, memorySink(Buffer.alloc(2048 * 1024)), 0));
    assert.throws(() => {
      start().finish();
    }, /a was not given/);
    assert.throws(() => start().beginFile("d"), /no file of the plan/);
    assert.throws(() => start().beginFile("gone"), /no file of the plan/);
    const writer = start();
    writer.beginFile("a");
    assert.throws(() => writer.beginFile("a"), /not ended/);
    assert.throws(() => {
      writer.endFile();
    }, /10 bytes early/);
    assert.throws(() => {
      writer.advance(11);
    }, /more bytes/);
  });
});

describe("a damaged UFS image", () => {
  const entries = [
    ...[directory("d"), file("d/a", 60000), file("d/b", 6_000_000), file("c", 1)],
    { type: "symlink", path: "s", target: "d/a", mode: 0o777, uid: 0, gid: 0 } as const,
  ];
  const plan = planUfs(geometryOf(12000, 8192), entries);
  const intact = imageOf(plan);

  /** Asks everything that can be asked; failures are fine, exceptions are not. */
  function readAll(image: Buffer): number {
    let failures = 0;
    const opened = openUfs(memorySource(image));
    if (!opened.ok) return 1;
    const paths = opened.value.paths();
    if (!paths.ok) failures++;
    for (let inode = 0; inode < 12; inode++) {
      for (const result of [
        opened.value.stat(inode),
        opened.value.list(inode),
        opened.value.target(inode),
      ]) {
        if (!result.ok) failures++;
      }
      const content = opened.value.open(inode);
      if (!content.ok || content.value.size > 10_000_000) failures++;
      else content.value.read(Buffer.alloc(content.value.size), 0);
    }
    return failures;
  }

  it("gives failures, never an exception", () => {
    const random = new Random(2);
    const expected = readAll(intact);
    const inodes = 28 * 1024;
    const regions: readonly (readonly [number, number])[] = [
      [8192, 8192 + 256],
      [inodes + 2 * 128, inodes + 9 * 128],
      ...plan.places
        .slice(0, 3)
        .map(({ tailAddress }): [number, number] => [tailAddress * 1024, tailAddress * 1024 + 64]),
    ];
    let different = 0;
    for (let round = 0; round < rounds * 20; round++) {
      const [start, end] = random.pick(regions);
      const changed: [number, number][] = [];
      for (let count = random.between(1, 4); count > 0; count--) {
        const at = random.between(start, end - 1);
        changed.push([at, intact[at] ?? 0]);
        intact[at] = random.pick([0, 1, 0x7f, 0xff, random.between(0, 255)]);
      }
      if (readAll(intact) !== expected) different++;
      for (const [at, byte] of changed.reverse()) intact[at] = byte;
    }
    assert.ok(different > rounds, "damage is noticed");
    assert.equal(readAll(intact), expected);
  });

  it("says what is wrong", () => {
    const message = (change: (image: Buffer) => void): string => {
      const image = Buffer.from(intact);
      change(image);
      const opened = openUfs(memorySource(image));
      const paths = opened.ok ? opened.value.paths() : opened;
      return paths.ok ? "" : paths.failure.message;
    };
    assert.equal(
      message((image) => image.writeInt32LE(0, 8192 + 1372)),
      "UFS image: no UFS file system of an x86 machine",
    );
    assert.equal(
      message((image) => image.writeInt32LE(4095, 8192 + 48)),
      "UFS image: the super block has a block size of 4095 bytes",
    );
    assert.match(
      message((image) => image.writeInt32LE(99999, 8192 + 36)),
      /99999 fragments in an image of/,
    );
    assert.match(
      message((image) => image.writeInt32LE(1_000_000, 28 * 1024 + 2 * 128 + 40)),
      /the block 1000000; the file system ends at/,
    );
    assert.equal(openUfs(memorySource(Buffer.alloc(100))).ok, false);
    assert.match(
      ((): string => {
        const found = openImage(intact).find("d/gone");
        return found.ok ? "" : found.failure.message;
      })(),
      /^\/d\/gone: gone is not there$/,
    );
  });
});
