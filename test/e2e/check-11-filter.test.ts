// Invariant: the log's lines are numbered, so that each that is shown tells whether it should be.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertTime, endedBuild, numbered, screenFor, timeKeys } from "../support/check-console.ts";

test("check 11: filters tell what they hide, add context and keep the selected line", async (t) => {
  const screen = screenFor(t);
  endedBuild(screen, numbered(300_000, 100_000));
  const terminal = screen.open([]);
  await terminal.waitFor(/needle in line 300000/);
  terminal.keys("Enter");
  await terminal.waitFor(/of 300000/);
  const filtered = await timeKeys(terminal, ["&needle", "Enter"], "299,997 lines hidden");
  assertTime(t, "300,000 lines filtered", filtered, 1000);
  await terminal.waitFor(/needle in line 100000\b.*\n.*needle in line 200000/);
  terminal.keys("+", "+");
  await terminal.waitFor("299,987 lines hidden");
  assert.match(terminal.screen(), /file99998\.c[^]*file100002\.c/);
  terminal.keys("-");
  await terminal.waitFor("with 1 around");
  assert.doesNotMatch(terminal.screen(), /file99998\.c/);
  terminal.keys(...Array.from({ length: 12 }, () => "+"));
  await terminal.waitFor("with 9 around");
  terminal.keys(...Array.from({ length: 12 }, () => "-"), "&!line 1", "Enter");
  await terminal.waitFor("299,998 lines hidden");
  assert.doesNotMatch(terminal.screen(), /needle in line 100000/);
  terminal.keys("k");
  await terminal.waitFor("›needle in line 200000");
  terminal.keys("Escape");
  await terminal.waitFor(/file199999\.c[^]*›needle in line 200000[^]*file200001\.c/);
  t.diagnostic("include, exclude, 0 to 9 lines of context, place kept");
});
