// Invariant: the lines are written by a real stage while the console watches.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertTime, screenFor, timeKeys } from "../support/check-console.ts";
import { holding } from "../support/screen-build.ts";

test("check 03: line 1 is there and found after 5 million lines have streamed by", async (t) => {
  const screen = screenFor(t, {
    "1-extra-stamp": [
      "echo the unique firebrat of line one",
      "seq 5000000",
      "echo all written",
      ...holding,
      "echo curl > proto/usr/bin/curl",
    ],
  });
  const terminal = screen.open(["run"]);
  await terminal.waitFor("all written", 120_000);
  terminal.keys("Enter");
  await terminal.waitFor((shown) => /of 5000002 +following/.test(shown), 60_000);
  const first = await timeKeys(terminal, ["g"], /firebrat of line one\s*[^\n]*\n[^\n]*\b1\b/);
  assertTime(t, "line 1 after 5 million lines", first, 300);
  terminal.keys("G");
  await terminal.waitFor("all written");
  const found = await timeKeys(terminal, ["/firebrat", "Enter"], /›the unique firebrat/);
  assertTime(t, "its word found from the end", found, 1000);
  await terminal.waitFor(/\/firebrat {2}1\/1 /, 60_000);
  assert.match(terminal.screen(), /1-\d+ of 5000002/);
});
