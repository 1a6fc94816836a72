// Invariant: what the mouse sends never becomes a key, and what is no mouse passes unchanged.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { takeMouse } from "../../src/ui/terminal/mouse-input.ts";

const ESC = "\u001b";

describe("input with a mouse in it", () => {
  it("is split into presses, the wheel and keys", () => {
    const { rest, events } = takeMouse(
      `j${ESC}[<0;10;3M${ESC}[<0;10;3mk${ESC}[<64;1;1M${ESC}[<65;80;24M${ESC}[A`,
    );
    assert.equal(rest, `jk${ESC}[A`);
    assert.deepEqual(events, [
      { kind: "click", column: 9, row: 2 },
      { kind: "wheel-up", column: 0, row: 0 },
      { kind: "wheel-down", column: 79, row: 23 },
    ]);
  });

  it("does nothing for other buttons, moves and modifiers", () => {
    const { rest, events } = takeMouse(
      `${ESC}[<2;1;1M${ESC}[<35;4;4M${ESC}[<4;4;4M${ESC}[<68;4;4M`,
    );
    assert.equal(rest, "");
    assert.deepEqual(events, []);
  });
});
