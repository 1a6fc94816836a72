// Invariant: log text stays out of Ink and comes back whole on the way to the terminal.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { HeldText } from "../../src/ui/terminal/held-text.ts";
import { textWidth } from "../../src/ui/text-width.ts";

describe("held text", () => {
  it("is one cell in the layout and the whole text on the terminal", () => {
    const held = new HeldText();
    const standIn = held.hold("\x1b[31mcurl.c:12: error\x1b[0m");
    assert.equal(textWidth(standIn), 1);
    assert.equal(held.expand(`a ${standIn}\n`), "a \x1b[31mcurl.c:12: error\x1b[0m\n");
  });

  it("keeps its stand-in, so that an unchanged line is not drawn again", () => {
    const held = new HeldText();
    assert.equal(held.hold("cc -c a.c"), held.hold("cc -c a.c"));
    assert.notEqual(held.hold("cc -c a.c"), held.hold("cc -c b.c"));
  });

  it("needs no more memory after many lines, and shows the latest ones right", () => {
    const held = new HeldText();
    for (let line = 0; line < 20_000; line++) held.hold(`line ${line}`);
    const screen = Array.from({ length: 300 }, (_, row) => held.hold(`line ${19_700 + row}`));
    assert.equal(held.expand(screen[0] ?? ""), "line 19700");
    assert.equal(held.expand(screen.join("")).length, 300 * "line 19700".length);
  });
});
