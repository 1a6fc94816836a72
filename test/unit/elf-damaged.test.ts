// Invariant: a damaged object file gives a description, nothing or a failure that names it; never a
// throw, and never more time than a whole one.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { memorySource } from "../../src/engine/image/format/bytes-io.ts";
import { readElf } from "../../src/engine/image/format/elf/reader.ts";
import { Random } from "../support/random.ts";
import { tinyElf } from "../support/tiny-elf.ts";

const seed = 8;
const rounds = 10_000;

/** The whole objects: tiny ones of each form, and a program of this machine with versions. */
function wholes(): readonly Buffer[] {
  const about = { needed: ["libc.so.1"], soname: "a.so.1", rpath: "/lib", runpath: "$ORIGIN" };
  const tiny = ([32, 64] as const).flatMap((bits) =>
    [false, true].map((bigEndian) => tinyElf({ class: bits, bigEndian, ...about })),
  );
  return process.platform === "linux" ? [...tiny, readFileSync("/bin/cat")] : tiny;
}

/** A copy that was cut, or has some bytes of its tables replaced. */
function damaged(whole: Buffer, random: Random): Buffer {
  const copy = Buffer.from(whole);
  const kind = random.between(0, 3);
  if (kind === 0) return copy.subarray(0, random.between(0, copy.length));
  const reach = kind === 1 ? Math.min(1024, copy.length) : copy.length;
  for (let count = random.between(1, 16); count > 0; count--) {
    copy[random.between(4, reach - 1)] = random.pick([
      0,
      1,
      0x7f,
      0x80,
      0xff,
      random.between(0, 255),
    ]);
  }
  return kind === 3 ? copy.subarray(0, random.between(copy.length >> 1, copy.length)) : copy;
}

describe("damaged object files", () => {
  it(`never stop the reader, in ${rounds} forms`, (t) => {
    const random = new Random(seed);
    const all = wholes();
    const counts = { read: 0, none: 0, refused: 0 };
    for (let round = 0; round < rounds; round++) {
      const bytes = damaged(random.pick(all), random);
      const found = readElf(memorySource(bytes), "usr/bin/broken");
      if (!found.ok) {
        assert.match(found.failure.message, /^usr\/bin\/broken: /, `round ${round}`);
        counts.refused++;
      } else if (found.value === undefined) counts.none++;
      else counts.read++;
    }
    const { read, none, refused } = counts;
    t.diagnostic(`seed ${seed}: ${read} read, ${refused} refused, ${none} no object file`);
    // Damage of every kind was there.
    assert.ok(read > 100 && refused > 100 && none > 10, JSON.stringify(counts));
  });
});
