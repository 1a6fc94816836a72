// Invariant: the bytes come from a real child; what they may not touch is asked of the terminal
// itself, and read from the raw bytes that it got.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { assertTime, screenFor, timeKeys } from "../support/check-console.ts";
import { holding } from "../support/screen-build.ts";

const hostile = Buffer.concat([
  Buffer.from(
    [
      "the first line",
      "\x1b]52;c;aGFja2Vk\x07copied",
      "\x1b[2J\x1b[3J\x1b[?1049lcleared",
      "\x1b]0;hacked title\x07titled",
      "nul \0 byte",
      "5 MB ".padEnd(5 << 20, "x"),
      "\x1b]52;c;unterminated",
      "",
    ].join("\n"),
  ),
  Buffer.from([0xff, 0xfe, 0x41, 0x0a]),
  Buffer.from("after it\n"),
]);

test("check 06: no byte of a hostile log reaches the terminal", async (t) => {
  const screen = screenFor(t, {
    "1-extra-stamp": ["cat hostile", ...holding, "echo curl > proto/usr/bin/curl"],
  });
  writeFileSync(join(screen.tree.root, "hostile"), hostile);
  const terminal = screen.open(["run"]);
  await terminal.waitFor(/\S+ {3}running|extra/);
  terminal.option("set-clipboard", "on");
  const title = terminal.property("pane_title");
  const record = terminal.record();
  await terminal.waitFor("after it");
  terminal.keys("Enter");
  await terminal.waitFor((shown) => !shown.includes("preflight"));
  const times = [
    await timeKeys(terminal, ["g"], "the first line"),
    await timeKeys(terminal, ["?"], /^ Keys/m),
    await timeKeys(terminal, ["?"], "the first line"),
    await timeKeys(terminal, ["Right"], (shown) => !shown.includes("the first line")),
    await timeKeys(terminal, ["Left"], "the first line"),
    await timeKeys(terminal, ["G"], "after it"),
    await timeKeys(terminal, ["k"], /›after it|›\S*\\xff/),
  ];
  assertTime(t, "a key beside a line of 5 MB, slowest", Math.max(...times), 200);
  terminal.keys("g", "/cleared", "Enter");
  await terminal.waitFor(/›.*cleared/);
  assert.match(terminal.screen(), /␛\[2J.*cleared/);
  assert.match(terminal.screen(), /nul ␀ byte/);
  assert.match(terminal.screen(), /\\xff/);
  terminal.resize(200, 60);
  await terminal.waitFor((shown) => /\/cleared/.test(shown) && terminal.rows().length === 60);
  assert.equal(terminal.buffer(), "");
  assert.doesNotMatch(terminal.property("pane_title"), /hacked/, title);
  assert.equal(terminal.property("alternate_on"), "1");
  const written = readFileSync(record, "latin1");
  assert.doesNotMatch(written, /\x1b\]52|\x1b\]0;hacked|\x1b\[3J|\x1b\[?1049l|\0/);
  t.diagnostic(`${String(written.length)} bytes written for it`);
  assert.ok(written.length < 200_000, `${String(written.length)} bytes`);
});
