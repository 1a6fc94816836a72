// Invariant: a line told on a terminal is broken between words, and what goes on stands under them.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { helpLines } from "../../src/commands/help-lines.ts";
import { folded } from "../../src/ui/present/folded.ts";

describe("a line that is too long for the terminal", () => {
  it("is broken at blanks, under where its words begin", () => {
    assert.deepEqual(folded("  not run: tools, man, devpro, manifest, live", 30), [
      "  not run: tools, man, devpro,",
      "  manifest, live",
    ]);
    assert.deepEqual(folded("  run       builds the targets; without any, all of it", 40), [
      "  run       builds the targets; without",
      "            any, all of it",
    ]);
    assert.deepEqual(folded("00:03 extra failed after 2.0 s, status 2", 30), [
      "00:03 extra failed after 2.0",
      "      s, status 2",
    ]);
  });

  it("keeps paths whole, lines that fit, and lines of a log", () => {
    const path = "/build/a-folder/with/a/name/longer/than/the/line";
    assert.deepEqual(folded(`made ${path} today`, 20), ["made", path, "today"]);
    assert.deepEqual(folded("short", 5), ["short"]);
    const log = `      | ${"x ".repeat(40)}`;
    assert.deepEqual(folded(log, 40), [log]);
  });

  it("loses no word at any width", () => {
    const line = "  -k, --keep-going  build what does not need  a failed stage";
    for (let width = 1; width < 70; width++) {
      assert.deepEqual(folded(line, width).join(" ").match(/\S+/g), line.match(/\S+/g));
    }
  });
});

describe("a help text", () => {
  it("fills up its lines and keeps what begins a line", () => {
    const text = [
      "A sentence that is long enough to be broken somewhere near its end, and that",
      "goes on. Another one.",
      "Then:",
      "",
      `  check   ${"says something ".repeat(6)}`.trimEnd(),
      "          and more",
      "  verify  FILE",
    ].join("\n");
    const lines = helpLines(text).split("\n");
    assert.deepEqual(lines.slice(0, 4), [
      "A sentence that is long enough to be broken somewhere near its end, and that",
      "goes on. Another one.",
      "Then:",
      "",
    ]);
    assert.deepEqual(lines.slice(-2), [
      "          something says something and more",
      "  verify  FILE",
    ]);
    assert.ok(lines.every((line) => line.length < 80));
  });
});
