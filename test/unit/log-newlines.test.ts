// Invariant: counting agrees with looking at each byte, wherever a range begins and ends.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countNewlines, findNewline, findNewlineBefore } from "../../src/engine/logs/newlines.ts";

describe("counting newlines", () => {
  it("takes every range of unaligned bytes, also one that ends before the first whole word", () => {
    const bytes = new TextEncoder().encode("a\nb\n\n\nccc\n\nd\n").subarray(1);
    for (let start = 0; start <= bytes.length; start++) {
      for (let end = start; end <= bytes.length; end++) {
        const expected = bytes.subarray(start, end).filter((byte) => byte === 0x0a).length;
        assert.equal(countNewlines(bytes, start, end), expected, `${start} to ${end}`);
      }
    }
  });

  it("counts nothing in an empty range, wherever the bytes end in their buffer", () => {
    const bytes = new Uint8Array(new ArrayBuffer(7), 1, 6).fill(0x0a);
    assert.equal(countNewlines(bytes, 6, 6), 0);
    assert.equal(countNewlines(bytes, 5, 6), 1);
  });
});

describe("finding newlines", () => {
  it("agrees from both ends, for views of Node's own kind too", () => {
    const text = "\na\nb\n\n\nccc\n\nd\nend";
    const places = Array.from(text).flatMap((character, at) => (character === "\n" ? [at] : []));
    for (const bytes of [new TextEncoder().encode(text), Buffer.from(text)]) {
      for (const [index, place] of places.entries()) {
        assert.equal(findNewline(bytes, index + 1, 0, bytes.length), place);
        assert.equal(findNewlineBefore(bytes, places.length - index, bytes.length), place);
      }
      assert.equal(findNewline(bytes, places.length + 1, 0, bytes.length), -1);
      assert.equal(findNewlineBefore(bytes, places.length + 1, bytes.length), -1);
      assert.equal(findNewlineBefore(bytes, 1, 0), -1);
    }
  });
});
