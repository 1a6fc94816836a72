// Invariant: what is asserted stands on the screen of a real terminal, drawn by the built program
// while it watches a real build.
import assert from "node:assert/strict";
import { test } from "node:test";
import { holding, ScreenBuild } from "../support/screen-build.ts";
import { makePastBuilds } from "../support/timed-builds.ts";

test("check 13: each stage has state, time and estimate, and the percentage never falls", async (t) => {
  const build = new ScreenBuild({
    "1-extra-stamp": ["echo extra", ...holding, "echo curl > proto/usr/bin/curl"],
  });
  t.after(() => {
    build.close();
  });
  // Of each kind of row: an overrun, an estimate, and none for what never ran.
  makePastBuilds(build.tree.root, [
    { strap: 60_000, illumos: 60_000, extra: 900, src: 61_000, tools: 5000 },
    { strap: 60_000, illumos: 60_000, extra: 1000, src: 65_000, tools: 6000 },
    { strap: 60_000, illumos: 60_000, extra: 1500, src: 69_000, tools: 90_000 },
  ]);
  const terminal = build.open(["run"]);
  const percents: number[] = [];
  const sample = (screen: string): string => {
    const percent = /(\d+) % /.exec(screen.split("\n")[0] ?? "")?.[1];
    if (percent !== undefined) percents.push(Number(percent));
    return screen;
  };
  const shown = await terminal.waitFor((screen) => /\+00:0\d over/.test(sample(screen)));
  assert.match(shown, /^ ✓ strap .*\d\d:\d\d/m);
  assert.match(shown, /^›\S extra .*\d\d:\d\d/m);
  assert.match(shown, /^ {3}\+00:0\d over estimate \(median of 3\)/m);
  assert.match(shown, /^ · src +ETA 01:05 \(median of 3\)/m);
  assert.match(shown, /^ · tools +ETA 00:06 \(median of 3\)/m);
  assert.match(shown, /^ · man +no estimate \(first run\)/m);
  assert.match(shown, /^ · local\/kvm +no estimate/m);
  assert.match(shown.split("\n")[0] ?? "", /running {2}\d+ % .*ETA 01:1\d\+ *$/);
  const wide = build.open(["attach"], { cols: 200, rows: 40 });
  const row = await wide.waitFor(/^›\S extra .*\d\d:\d\d {2}\+\d\d:\d\d over estimate/m);
  assert.match(row, /^ · src +ETA 01:05 \(median of 3\) +│/m);
  wide.close();
  build.release();
  await terminal.waitFor((screen) => sample(screen).includes("Done: output/platform-"));
  assert.deepEqual(
    percents,
    percents.toSorted((a, b) => a - b),
  );
  t.diagnostic(
    `percent from ${percents[0] ?? "-"} to ${percents.at(-1) ?? "-"} in ${percents.length} frames`,
  );
});
