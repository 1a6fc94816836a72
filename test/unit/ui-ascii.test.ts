// Invariant: what goes to a terminal without Unicode is ASCII and stands where it stood.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { asciiText } from "../../src/ui/ascii.ts";
import { paint, themeFor } from "../../src/ui/theme.ts";
import { textWidth } from "../../src/ui/text-width.ts";

describe("text for a terminal that shows ASCII only", () => {
  it("has a like of our signs, and a ? for each cell of what has none", () => {
    assert.equal(asciiText("✓ café → 日本 …"), "+ caf? > ???? ~");
  });

  it("is ASCII of the same width, whatever the text was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const plain = asciiText(text);
        assert.match(plain, /^[\0-\u007f]*$/);
        assert.equal(textWidth(plain), textWidth(text));
      }),
    );
  });

  it("is all that a row becomes there, names of files among it", () => {
    const row = [{ text: "übersicht.c…", tone: "plain" }] as const;
    assert.equal(paint(row, themeFor({ LANG: "C" })), "?bersicht.c~");
    assert.equal(paint(row, themeFor({ LANG: "C.UTF-8" })), "übersicht.c…");
  });
});
