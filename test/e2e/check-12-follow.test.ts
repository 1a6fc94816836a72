// Invariant: the log grows only when the test says so, so that what is new can be counted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { screenFor } from "../support/check-console.ts";
import { counting } from "../support/screen-build.ts";

test("check 12: scrolling pauses and counts what comes, and every way back follows again", async (t) => {
  const screen = screenFor(t, {
    "1-extra-stamp": [
      ...counting(200),
      "while [ ! -e go ]; do [ -e more ] && { cat more; rm more; }; sleep 0.05; done",
      "echo curl > proto/usr/bin/curl",
    ],
  });
  const terminal = screen.open(["run"]);
  const follows = /of \d+ +following/;
  await terminal.waitFor("file200.c");
  terminal.keys("Enter");
  await terminal.waitFor(follows);

  terminal.keys("k", "k");
  await terminal.waitFor("›cc -O2 -c file198.c");
  screen.tree.write("more", "new one\nnew two\n");
  await terminal.waitFor("paused, +2 new lines");
  assert.doesNotMatch(terminal.screen(), /new two/);
  terminal.keys("F");
  await terminal.waitFor((shown) => follows.test(shown) && shown.includes("new two"));

  terminal.keys("C-u");
  await terminal.waitFor(/ paused$/m);
  screen.tree.write("more", "new three\n");
  await terminal.waitFor(/paused, \+1 new line$/m);
  terminal.keys("G");
  await terminal.waitFor((shown) => follows.test(shown) && shown.includes("new three"));

  const returns: readonly (readonly [string, readonly string[], RegExp, readonly string[]])[] = [
    ["help", ["?"], /^ Keys/m, ["Escape"]],
    ["search", ["/file7", "Enter"], /\/file7 {2}\d+\/11/, ["Escape"]],
    ["copy", ["v", "k"], /2 lines selected/, ["y"]],
    ["choosing lines", ["v", "k", "k"], /3 lines selected/, ["Escape"]],
    ["a prompt", ["/"], /a regular expression/, ["Escape"]],
  ];
  for (const [what, keys, shown, back] of returns) {
    terminal.keys(...keys);
    await terminal.waitFor(shown);
    terminal.keys(...back);
    await terminal.waitFor((after) => follows.test(after) && after.includes("new three"));
    screen.tree.write("more", `after ${what}\nnew three\n`);
    await terminal.waitFor(`after ${what}`);
  }
  terminal.keys("k");
  await terminal.waitFor(/ paused$/m);
  terminal.keys("/file7", "Enter");
  await terminal.waitFor(/\/file7 {2}\d+\/11/);
  terminal.keys("Escape");
  await terminal.waitFor(/ paused$/m);
  t.diagnostic(`follow is restored after ${returns.map(([what]) => what).join(", ")}`);
});
