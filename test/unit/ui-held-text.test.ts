// Invariant: a row on screen stands for its own text, however long the console has been open.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HeldText } from "../../src/ui/terminal/held-text.ts";

void test("a row that stays keeps its text while all others go by", () => {
  const held = new HeldText();
  const still = held.hold("still");
  for (let frame = 0; frame < 20_000; frame++) {
    const rows = ["still", `row ${frame}`, "still too", `other ${frame}`];
    const frameText = rows.map((row) => held.hold(row)).join("|");
    assert.equal(held.expand(frameText), rows.join("|"));
  }
  assert.equal(held.hold("still"), still, "it is not drawn again");
});

void test("a text that comes back gets its words again", () => {
  const held = new HeldText();
  for (let at = 0; at < 9000; at++) held.hold(`row ${at}`);
  assert.equal(held.expand(held.hold("row 1")), "row 1");
});
