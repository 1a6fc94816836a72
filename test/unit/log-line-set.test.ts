// Invariant: a set of lines answers as a sorted array of the same numbers does.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LineSet, pageLines, widenPage } from "../../src/engine/logs/line-set.ts";

const members = [
  1,
  2,
  31,
  32,
  33,
  64,
  1000,
  pageLines,
  pageLines + 1,
  5 * pageLines + 77,
  9_999_999,
];

function filled(): LineSet {
  const set = new LineSet();
  for (const line of members.toReversed()) set.add(line);
  return set;
}

describe("a set of lines", () => {
  it("numbers its members, and finds their neighbours", () => {
    const set = filled();
    set.add(1000);
    assert.equal(set.size, members.length);
    for (const [i, line] of members.entries()) {
      assert.equal(set.select(i + 1), line);
      assert.equal(set.rank(line), i + 1);
      for (const near of [line - 1, line, line + 1]) {
        assert.equal(set.has(near), members.includes(near));
        assert.equal(set.rank(near), members.filter((one) => one <= near).length);
        assert.equal(
          set.next(near),
          members.find((one) => one >= near),
        );
        assert.equal(
          set.previous(near),
          members.findLast((one) => one <= near),
        );
      }
    }
    assert.equal(set.select(0), undefined);
    assert.equal(set.select(members.length + 1), undefined);
    assert.equal(set.rank(2 ** 40), members.length);
  });

  it("forgets what is taken out", () => {
    const set = filled();
    set.remove(32);
    set.remove(32);
    set.remove(2 ** 40);
    assert.equal(set.size, members.length - 1);
    assert.equal(set.next(32), 33);
    set.put(0, undefined);
    assert.equal(set.next(1), pageLines + 1);
    set.clear();
    assert.deepEqual([set.size, set.next(1), set.pages], [0, undefined, 0]);
  });

  it("is widened by lines before and after, over words and pages", () => {
    const set = filled();
    for (const context of [0, 1, 9]) {
      const wide = new LineSet();
      for (let i = 0; i <= set.pages; i++) {
        wide.put(i, widenPage(set.page(i - 1), set.page(i), set.page(i + 1), context));
      }
      const expected = new Set(
        members.flatMap((line) =>
          Array.from({ length: 2 * context + 1 }, (_, i) => line - context + i),
        ),
      );
      expected.delete(0);
      const lines = [...expected].filter((line) => line > 0).sort((a, b) => a - b);
      assert.equal(wide.size, lines.length);
      for (const [i, line] of lines.entries()) assert.equal(wide.select(i + 1), line);
    }
  });
});
