// Invariant: a retry runs what failed and nothing else, and what was there before can still be seen.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { eventsOfType, newestBuild, stateOf } from "../support/smartbuild.ts";
import { ScreenBuild } from "../support/screen-build.ts";

test("check 18: r runs only the failed stage again, and keeps its first attempt", async (t) => {
  const curl = "echo curl > proto/usr/bin/curl";
  const build = new ScreenBuild({
    "1-extra-stamp": ["echo 'curl.c:3:1: error: no such thing'", "test -e mended", curl],
  });
  t.after(() => {
    build.close();
  });
  const { root } = build.tree;
  const stamps = ["0-extra-stamp", "0-illumos-stamp"];
  const times = (): number[] => stamps.map((name) => statSync(join(root, name)).mtimeMs);

  const terminal = build.open([]);
  await terminal.waitFor("Nothing has been built here yet.");
  terminal.keys("b");
  await terminal.waitFor("✗›curl.c:3:1: error");
  const before = times();
  const log = join(newestBuild(root) ?? "", "extra.1.log");
  const firstLog = readFileSync(log);
  build.tree.write("mended", "");
  terminal.keys("r");
  await terminal.waitFor("Done: output/platform-");
  assert.deepEqual(times(), before);
  assert.ok(readFileSync(log).equals(firstLog));
  const started = eventsOfType(root, "stage-started").map(({ stage }) => stage);
  assert.deepEqual(
    ["strap", "illumos", "extra"].map((name) => started.filter((one) => one === name).length),
    [1, 1, 2],
  );

  terminal.keys(...Array.from({ length: 14 }, () => "k"));
  await terminal.waitFor(/^›\S configure /m);
  for (const name of ["strap", "illumos", "extra"]) {
    terminal.keys("j");
    await terminal.waitFor(new RegExp(`^›\\S ${name} `, "m"));
  }
  await terminal.waitFor("attempt 2/2");
  terminal.keys("a");
  const first = await terminal.waitFor("attempt 1/2");
  assert.match(first, /curl\.c:3:1: error: no such thing/);
  terminal.keys("q");
  await terminal.waitFor("exit=0");
  assert.match(terminal.screen(), /✓ extra +00:\d\d {2}attempt 2/);

  // A single component fails and is mended: nothing but it runs again.
  build.tree.write("projects/illumos-extra/curl/Makefile", failingComponent);
  const component = build.open(["run", "extra/curl"]);
  await component.waitFor(/^ extra\/curl failed\./m);
  build.tree.write("curl-mended", "");
  component.keys("r");
  await component.waitFor(/^ Done\./m);
  const ran = stateOf(root).stages.filter(({ attempts }) => attempts.length > 0);
  assert.deepEqual(
    ran.map(({ name, attempts }) => [name, attempts.map(({ state }) => state)]),
    [["extra/curl", ["failed", "succeeded"]]],
  );
  assert.deepEqual(times(), before);
  t.diagnostic(`${started.length} stages began for ${new Set(started).size} stages of the build`);
});

const failingComponent = "all install clean:\n\ttest -e ../../../curl-mended\n";
