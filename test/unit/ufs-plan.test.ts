// Invariant: a forecast is held against the image that is then written, or against counting by hand.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { memorySource } from "../../src/engine/image/format/bytes-io.ts";
import type { UfsEntry } from "../../src/engine/image/format/ufs/entry.ts";
import { contentFragments } from "../../src/engine/image/format/ufs/file-blocks.ts";
import { leastKib, planFailure, planUfs } from "../../src/engine/image/format/ufs/plan.ts";
import { writeUfs } from "../../src/engine/image/format/ufs/writer.ts";
import { Random } from "../support/random.ts";
import { checkUfs } from "../support/ufs-fsck.ts";
import {
  checkAgainst,
  directory,
  file,
  fillUp,
  geometryOf,
  imageOf,
  openImage,
  randomEntries,
} from "../support/ufs-tree.ts";

const small = geometryOf(2048, 4096);

function symlink(path: string, target: string): UfsEntry {
  return { type: "symlink", path, target, mode: 0o777, uid: 0, gid: 0 };
}

function hardLink(path: string, target: string): UfsEntry {
  return { type: "hardlink", path, target };
}

/** What is wrong with entries, as `kind path text`. */
function problems(entries: readonly UfsEntry[]): string[] {
  return planUfs(small, entries).problems.map(({ kind, path, text }) => `${kind}: ${path} ${text}`);
}

describe("a UFS plan", () => {
  it("counts fragments by size", () => {
    const sizes = [
      ...[
        [0, 0],
        [1, 1],
        [1024, 1],
        [1025, 2],
        [3073, 4],
        [4096, 4],
        [4097, 5],
      ],
      ...[
        [49151, 48],
        [49152, 48],
        [49153, 56],
        [53248, 56],
        [53249, 60],
      ],
      // 1036 blocks are listed by the inode and one block; the next needs two more blocks.
      ...[
        [1036 * 4096, 1037 * 4],
        [1036 * 4096 + 1, 1040 * 4],
        [2060 * 4096, 2063 * 4],
      ],
      [2060 * 4096 + 1, 2065 * 4],
    ] as const;
    for (const [size, fragments] of sizes) assert.equal(contentFragments(size), fragments);
  });

  it("packs the ends of files as tightly as any order allows", () => {
    const random = new Random(3);
    const big = geometryOf(16384, 4096);
    for (let round = 0; round < 60; round++) {
      const [ones, twos, threes] = [0, 1, 2].map(() =>
        random.between(0, random.pick([3, 40, 200])),
      );
      const sizes = [ones, twos, threes].flatMap((count, index) =>
        new Array<number>(count ?? 0).fill((index + 1) * 1024),
      );
      const names = random.shuffle(sizes.map((_, index) => String(index)));
      const plan = planUfs(
        big,
        sizes.map((size, index) => file(names[index] ?? "", size)),
      );
      assert.deepEqual(plan.problems, []);
      const pieces = plan.places.filter((place) => place.tail > 0);
      const count = (tail: number): number => pieces.filter((each) => each.tail === tail).length;
      const whole = plan.places.reduce((sum, place) => sum + place.dataBlocks, 0);
      const paired = Math.max(0, count(1) - count(3));
      const best = whole + count(3) + Math.ceil((2 * count(2) + paired) / 4);
      // The fragments that are no whole block may save one, or leave another a fragment over.
      assert.ok(plan.needs.blocks <= best + 1, `${plan.needs.blocks} blocks, ${best} suffice`);
    }
  });

  it("agrees with the image to the block and inode, also when that is full", () => {
    const random = new Random(11);
    for (let round = 0; round < 12; round++) {
      const geometry = geometryOf(random.between(1024, 6000), random.pick([2048, 4096, 8192]));
      const plan = fillUp(geometry, randomEntries(random, random.between(1, 60)));
      const image = imageOf(plan);
      checkUfs(memorySource(image));
      const { totals } = openImage(image).info;
      assert.equal(totals.freeInodes, plan.has.inodes - plan.needs.inodes);
      const free = totals.freeBlocks * 4 + totals.freeFragments;
      assert.equal(free, plan.has.fragments - plan.needs.fragments);
      if (totals.freeInodes > 0) assert.equal(free, 0, "filled to the last fragment");
    }
  });

  it("says by how much a tree does not fit, exactly", () => {
    const empty = planUfs(small, []);
    const room = empty.has.blocks - empty.needs.blocks;
    // 12 blocks and more need a block of addresses beside them.
    const fitting = planUfs(small, [file("a", (room - 1) * 4096)]);
    assert.ok(fitting.fits);
    assert.equal(planFailure(fitting), undefined);
    const over = planUfs(small, [file("a", (room + 2) * 4096)]);
    assert.equal(over.fits, false);
    assert.equal(over.needs.blocks - over.has.blocks, 3);
    const words =
      `the tree does not fit in 2048 KiB: it needs 12 KiB more ` +
      `(${over.needs.blocks} blocks of 4 KiB; it has ${over.has.blocks})`;
    assert.equal(planFailure(over)?.message, words);
    const many = Array.from({ length: empty.has.inodes }, (_, index) => file(`f${index}`, 0));
    const failure = planFailure(planUfs(small, many));
    assert.match(failure?.message ?? "", /it needs 4 more inodes \(\d+; it has \d+\)$/);
    assert.match(failure?.advice ?? "", /density/);
    const refused = writeUfs(over, { write: () => assert.fail("it wrote") }, 0, () => 0);
    assert.deepEqual(refused, { ok: false, failure: planFailure(over) });
  });

  it("says what size would do", () => {
    const random = new Random(8);
    for (let round = 0; round < 8; round++) {
      const density = random.pick([4096, 12248, 50000]);
      const entries = randomEntries(random, random.between(50, 900));
      const plan = planUfs(geometryOf(600, density), entries);
      assert.equal(plan.fits, false);
      const kib = leastKib(plan) ?? 0;
      assert.match(planFailure(plan)?.advice ?? "", new RegExp(`Give the image ${kib} KiB.$`));
      assert.ok(planUfs(geometryOf(kib, density), entries).fits);
      if (kib > 1000) assert.ok(!planUfs(geometryOf(kib - 1000, density), entries).fits);
    }
    const files = ["a", "b"].map((path) => file(path, 2 ** 31 - 1));
    const failure = planFailure(planUfs(geometryOf(600, 8192), files));
    assert.equal(failure?.advice, "No image is large enough: leave something out.");
  });

  it("gives a tree the same plan in whatever order it comes", () => {
    const random = new Random(5);
    const entries = randomEntries(random, 80);
    const geometry = geometryOf(8192, 4096);
    const image = imageOf(planUfs(geometry, entries));
    for (let round = 0; round < 5; round++) {
      assert.ok(imageOf(planUfs(geometry, random.shuffle(entries))).equals(image));
    }
  });

  it("names what cannot stand in an image", () => {
    assert.deepEqual(problems([file("a/b", 1)]), [
      "no-parent: a/b is in a, which is not in the image",
    ]);
    assert.deepEqual(problems([file("a", 1), file("a/b", 1)]), [
      "parent-not-directory: a/b is in a, which is not a directory",
    ]);
    assert.deepEqual(problems([file("a", 1), symlink("a", "b")]), ["duplicate: a is there twice"]);
    assert.deepEqual(problems([file("lost+found", 1)]), ["duplicate: lost+found is there twice"]);
    assert.deepEqual(problems([file("a", 1), hardLink("a", "a")]), ["duplicate: a is there twice"]);
    for (const path of ["", "/a", "a//b", "a/", "./a", "a/..", "a\0b"]) {
      assert.deepEqual(problems([file(path, 1)]), [`bad-path: ${path} is no path inside an image`]);
    }
    assert.deepEqual(problems([hardLink("h", "gone")]), [
      "no-link-target: h links to gone, which is not in the image",
    ]);
    assert.deepEqual(problems([directory("d"), hardLink("h", "d")]), [
      "no-link-target: h links to d, which is a directory",
    ]);
    assert.deepEqual(problems([hardLink("a", "b"), hardLink("b", "a")]), [
      "no-link-target: a links to b, which is not in the image",
      "no-link-target: b links to a, which is not in the image",
    ]);
    assert.deepEqual(
      problems([symlink("s", "t".repeat(1024)), symlink("e", ""), symlink("z", "\0")]),
      [
        "bad-target: s has a target of 1024 bytes; it can have 1 to 1023",
        "bad-target: e has a target of 0 bytes; it can have 1 to 1023",
        "bad-target: z has a target with a zero byte in it",
      ],
    );
    assert.deepEqual(problems([file("f", 2 ** 31)]), [
      "large-file: f has 2147483648 bytes; a file can have 2147483647",
    ]);
    const odd = { type: "file", path: "f", size: 0, mode: 0, uid: 0, gid: 0 } as const;
    assert.deepEqual(problems([{ ...odd, mode: 0o10000 }]), [
      "bad-attributes: f has the mode 10000",
    ]);
    assert.deepEqual(problems([{ ...odd, uid: -1 }]), ["bad-attributes: f has the owner -1:0"]);
    assert.deepEqual(problems([{ ...odd, gid: 2 ** 31 }]), [
      "bad-attributes: f has the owner 0:2147483648",
    ]);
    assert.deepEqual(problems([{ ...odd, mtime: 2 ** 31 }]), [
      "bad-attributes: f has a time of 2147483648 seconds since 1970",
    ]);
    const failure = planFailure(planUfs(small, [file("x/a", 1), file("x/b", 1), file("x/c", 1)]));
    assert.equal(
      failure?.message,
      "x/a is in x, which is not in the image (and 2 more such entries)",
    );
  });

  it("takes names of 255 bytes, and no longer ones", () => {
    const longest = "n".repeat(255);
    const entries = [directory(longest), file(`${longest}/${longest}`, 5000)];
    const image = imageOf(planUfs(small, entries));
    checkUfs(memorySource(image));
    checkAgainst(openImage(image), entries);
    assert.deepEqual(problems([file(`${longest}n`, 1)]), [
      `long-name: ${longest}n has a name of 256 bytes; it can have 255`,
    ]);
  });

  it("takes 32,767 links of a file and of a symlink, and no more", () => {
    const geometry = geometryOf(8192, 4096);
    for (const origin of [file("0", 3000), symlink("0", "elsewhere")]) {
      const links = Array.from({ length: 32766 }, (_, index) => hardLink(`${index + 1}`, "0"));
      const entries = [origin, ...links];
      const image = imageOf(planUfs(geometry, entries));
      checkUfs(memorySource(image));
      checkAgainst(openImage(image), entries);
      const over = planUfs(geometry, [...entries, hardLink("one more", "1")]);
      assert.deepEqual(
        over.problems.map(({ path, text }) => `${path} ${text}`),
        ["0 has 32768 names; it can have 32767"],
      );
    }
  });

  it("takes 32,765 directories in one, and no more", () => {
    const geometry = geometryOf(60000, 1024);
    // lost+found is one of them.
    const entries = Array.from({ length: 32764 }, (_, index) => directory(`d${index}`));
    const image = imageOf(planUfs(geometry, entries));
    checkUfs(memorySource(image));
    assert.equal(openImage(image).info.totals.directories, 32766);
    const over = planUfs(geometry, [...entries, directory("one more")]);
    assert.deepEqual(
      over.problems.map(({ kind, text }) => `${kind} ${text}`),
      ["too-many-links has 32766 directories in it; it can have 32765"],
    );
  });
});
