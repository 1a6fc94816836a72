// Invariant: whatever is taken apart, the pieces and their places are those of Intl.Segmenter.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GraphemeSegmenter } from "../../src/ui/bundle/segmenter.ts";

const standIn = String.fromCodePoint(0xf0123);
const texts = {
  nothing: "",
  words: "make: *** [all] Error 2",
  "stand-ins for lines": `${standIn}${standIn}ab${standIn}`,
  "ends of lines": "a\r\nb\nc",
  "combining marks": "e\u0301a\u0308 x",
  "a family and a flag": "👩‍👩‍👧 🇩🇪!",
  "a stand-in with a mark": `${standIn}\u0301${standIn}`,
  colours: "\x1b[31mred\x1b[0m",
  "Hangul and Devanagari": "각 नि",
};

void describe("graphemes", () => {
  const real = new Intl.Segmenter(undefined, { granularity: "grapheme" });
  for (const [name, text] of Object.entries(texts)) {
    void test(name, () => {
      const wanted = Array.from(real.segment(text), ({ segment, index }) => ({ segment, index }));
      const found = Array.from(new GraphemeSegmenter().segment(text), ({ segment, index }) => ({
        segment,
        index,
      }));
      assert.deepEqual(found, wanted);
    });
  }
});
