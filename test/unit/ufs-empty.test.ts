// Invariant: the expected hashes are of file systems that illumos' own newfs and mkfs made.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import type { ByteSink } from "../../src/engine/image/format/bytes-io.ts";
import { memorySource } from "../../src/engine/image/format/bytes-io.ts";
import { ufsGeometry } from "../../src/engine/image/format/ufs/geometry.ts";
import { planUfs } from "../../src/engine/image/format/ufs/plan.ts";
import { writeUfs } from "../../src/engine/image/format/ufs/writer.ts";
import { Random } from "../support/random.ts";
import { checkUfs } from "../support/ufs-fsck.ts";
import { geometryOf, imageOf, openImage, unwrap } from "../support/ufs-tree.ts";

interface Vector {
  readonly size: readonly [kib: number, density: number];
  /** Cylinders, cylinders per group, groups, inodes per group, fragments per group. */
  readonly shape: readonly number[];
  /** Fragments of the file system and for contents, first data fragment, summary, group block. */
  readonly sizes: readonly number[];
  /** Directories, free blocks, free inodes, free fragments. */
  readonly totals: readonly number[];
  /** SHA-256, first half: super block, groups 0, 1 and last, summary. */
  readonly parts: readonly (string | undefined)[];
  /** First and last digits of the whole image's SHA-256. */
  readonly whole?: readonly [string, string];
}

const vectors: readonly Vector[] = [
  {
    size: [350000, 12248],
    shape: [1166, 16, 73, 384, 4800],
    sizes: [349800, 345402, 76, 2048, 2048],
    totals: [2, 86348, 28028, 5],
    parts: [
      "f9b726ed5178699aca38886a23127daf",
      "1b4243a3c4692e7447ad7e4bb073dadc",
      "716c64297526936254cb963db56b12d5",
      "68238a95576bd44fc8d9c4eb5897e603",
      "0f095971f9beee2dd58ac947826c7c97",
    ],
    whole: ["b102d549", "6b5f04"],
  },
  {
    size: [353000, 12248],
    shape: [1176, 16, 74, 384, 4800],
    sizes: [352800, 348342, 76, 2048, 2048],
    totals: [2, 87083, 28412, 5],
    parts: [
      "1fd513543293e5fe1c067b027816a493",
      "1b4243a3c4692e7447ad7e4bb073dadc",
      "716c64297526936254cb963db56b12d5",
      "812835c9310227b245aa0acbcf48645d",
      "12d35ba3482436a09156dcb6916c05d5",
    ],
    whole: ["74ae4eea", "ec830f"],
  },
  {
    size: [448000, 14000],
    shape: [1493, 16, 94, 352, 4800],
    sizes: [447900, 442618, 72, 2048, 2048],
    totals: [2, 110652, 33084, 5],
    parts: [
      "31ca500dadb16b98ff8117fdde96a9df",
      "97a36fc6e6868d21a57c885049b0fdd9",
      "f01e6d07c1ee9f843f8b5a860de8089a",
      "6792d4e927e10f20f4f1bf3f636690a5",
      "af8fc74dcf6e3cc25d75ce5f876c1c57",
    ],
    whole: ["8904a538", "56b02"],
  },
  {
    size: [65536, 12248],
    shape: [218, 16, 14, 384, 4808],
    sizes: [65509, 64652, 76, 1024, 2048],
    totals: [2, 16160, 5372, 7],
    parts: [
      "05f336da4e6b46571d7274d023b11062",
      "7b5af541c0258521ec5e99b74e7223ed",
      "609301397e0d32776566e9fe587be0be",
      "3b01c4e957fcda856dfc2505800760c3",
      "5e29de572c4fc8ad37451d4a9b90206c",
    ],
    whole: ["4458f72d", "4fd093"],
  },
  {
    size: [1440, 4096],
    shape: [14, 16, 1, 384, 1640],
    sizes: [1435, 1358, 76, 1024, 1024],
    totals: [2, 336, 380, 9],
    parts: [
      "df7c7720ee4242c4c7690d22b37d0d72",
      "4a71a2b34db3e8833a3672ce25af98bd",
      undefined,
      "4a71a2b34db3e8833a3672ce25af98bd",
      "6e34be31bcea93da752a147a994be176",
    ],
    whole: ["f4d29778", "315f0c"],
  },
  {
    size: [300000, 12248],
    shape: [1000, 16, 63, 384, 4800],
    sizes: [300000, 296203, 76, 1024, 2048],
    totals: [2, 74048, 24188, 6],
    parts: ["a472e1beb61207103439b777ec5face5"],
  },
  {
    size: [303000, 12248],
    shape: [1010, 16, 64, 384, 4800],
    sizes: [303000, 299143, 76, 1024, 2048],
    totals: [2, 74783, 24572, 6],
    parts: ["246e919cba6b824b65b2864e70249415"],
  },
];

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A sink that keeps only what is written, by place: for images too large for a test's memory. */
class SparseImage implements ByteSink {
  readonly size: number;
  readonly #pages = new Map<number, Buffer>();

  constructor(size: number) {
    this.size = size;
  }

  #each(length: number, position: number, use: (page: number, at: number, from: number) => number) {
    for (let from = 0; from < length;) {
      const place = position + from;
      from += use(Math.floor(place / 65536), place % 65536, from);
    }
  }

  write(bytes: Uint8Array, position: number): void {
    assert.ok(position >= 0 && position + bytes.length <= this.size);
    this.#each(bytes.length, position, (page, at, from) => {
      const kept = this.#pages.get(page) ?? Buffer.alloc(65536);
      this.#pages.set(page, kept);
      const part = bytes.subarray(from, from + 65536 - at);
      kept.set(part, at);
      return part.length;
    });
  }

  read(into: Uint8Array, position: number): void {
    this.#each(into.length, position, (page, at, from) => {
      const part = into.subarray(from, from + 65536 - at);
      const kept = this.#pages.get(page);
      if (kept === undefined) part.fill(0);
      else part.set(kept.subarray(at, at + part.length));
      return part.length;
    });
  }
}

describe("an empty UFS image", () => {
  for (const vector of vectors) {
    const [kib, density] = vector.size;
    it(`of ${kib} KiB with density ${density} is the one that newfs makes`, () => {
      const geometry = geometryOf(kib, density);
      const { cylinders, cylindersPerGroup, groups, inodesPerGroup, fragmentsPerGroup } = geometry;
      assert.deepEqual(
        [cylinders, cylindersPerGroup, groups, inodesPerGroup, fragmentsPerGroup],
        vector.shape,
      );
      const { fragments, dataFragments, dataOffset, summaryBytes, groupBytes } = geometry;
      assert.deepEqual(
        [fragments, dataFragments, dataOffset, summaryBytes, groupBytes],
        vector.sizes,
      );
      const plan = planUfs(geometry, []);
      const image = imageOf(plan, 0);
      const part = (start: number, length: number): string =>
        sha256(image.subarray(start, start + length)).slice(0, 32);
      const groupPart = (group: number): string =>
        part((group * fragmentsPerGroup + 24) * 1024, 4096);
      const parts = [
        part(8192, 8192),
        groupPart(0),
        groups > 1 ? groupPart(1) : undefined,
        groupPart(groups - 1),
        part(geometry.summaryAddress * 1024, summaryBytes),
      ];
      assert.deepEqual(parts.slice(0, vector.parts.length), vector.parts);
      if (vector.whole !== undefined) {
        const sum = sha256(image);
        assert.ok(sum.startsWith(vector.whole[0]) && sum.endsWith(vector.whole[1]), sum);
      }
      const { totals } = openImage(image).info;
      const { directories, freeBlocks, freeInodes, freeFragments } = totals;
      assert.deepEqual([directories, freeBlocks, freeInodes, freeFragments], vector.totals);
      const { needs, has } = plan;
      assert.equal(has.blocks - needs.blocks, freeBlocks);
      assert.equal(has.inodes - needs.inodes, freeInodes);
      assert.equal(has.fragments - needs.fragments, freeBlocks * 4 + freeFragments);
    });
  }

  it("of any size and density agrees with itself", () => {
    const random = new Random(7);
    const rounds = Number(process.env["UFS_ROUNDS"] ?? 200);
    for (let round = 0; round < rounds; round++) {
      const most = random.pick([2048, 20_000, 20_000, 200_000]);
      const kib = random.between(512, most);
      const density = random.pick([512, 2048, 4096, 8192, 12248, 14000, 50000, 200000]);
      const geometry = geometryOf(kib, Math.max(512, density - random.between(0, 511)));
      const image = new SparseImage(kib * 1024);
      unwrap(writeUfs(planUfs(geometry, []), image, 1, () => 0));
      try {
        checkUfs(image);
      } catch (error) {
        throw new Error(`${kib} KiB, density ${geometry.density}`, { cause: error });
      }
    }
  });

  it("has the largest size that was checked, and no larger one", () => {
    const geometry = geometryOf(3_900_000, 200_000);
    const image = new SparseImage(3_900_000 * 1024);
    unwrap(writeUfs(planUfs(geometry, []), image, 1, () => 0));
    checkUfs(image);
    for (const [kib, density, words] of [
      [3_900_001, 14000, /3900001 KiB/],
      [511, 14000, /511 KiB/],
      [1000.5, 14000, /1000.5 KiB/],
      [448000, 511, /every 511 bytes/],
      [448000, 200_001, /every 200001 bytes/],
    ] as const) {
      const refused = ufsGeometry(kib, density);
      assert.ok(!refused.ok);
      assert.equal(refused.failure.kind, "bad-input");
      assert.match(refused.failure.message, words);
    }
  });

  it("has the time it was given, and only a time that fits", () => {
    const plan = planUfs(geometryOf(1440, 4096), []);
    const image = imageOf(plan, 1767225600);
    const { info } = openImage(image);
    assert.deepEqual([info.time, info.clean], [1767225600, true]);
    checkUfs(memorySource(image));
    for (const time of [-1, 2 ** 31, 1.5, Number.NaN]) {
      const refused = writeUfs(plan, { write: () => undefined }, time, () => 0);
      assert.equal(refused.ok, false);
    }
  });
});
