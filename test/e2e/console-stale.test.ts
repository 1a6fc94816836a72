// Invariant: whoever changed something is told what it made stale, and the key that builds it.
import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { screenFor } from "../support/check-console.ts";

void test("stages that a setting made stale are marked, built by b, and good again", async (t) => {
  const screen = screenFor(t);
  const { root } = screen.tree;
  assert.equal(screen.run("run").status, 0);
  const terminal = screen.open([]);
  await terminal.waitFor("Done: output/platform-");
  appendFileSync(join(root, "configure.local"), 'PUBLISHER="other"\n');
  // As by somebody who wrote it on the settings page.
  terminal.keys("4");
  await terminal.waitFor(/settings?\b/i);
  terminal.keys("1");
  await terminal.waitFor(/^ Changed since: b builds configure.* again\.$/m);
  assert.match(terminal.screen(), /^.[-✓] configure {2}stale .*│/m);
  assert.match(terminal.screen(), /^ {3}configure\.local is newer than .*│/m);
  terminal.keys("b");
  const built = (shown: string): boolean =>
    /^ Done[.:]/m.test(shown) && !/stale|Changed since/.test(shown);
  const done = await terminal.waitFor(built, 60_000);
  assert.match(done, /succeeded {2}12 of 12 stages/);
});
