// Invariant: the raw bytes are those the built program wrote; the scrollback is the terminal's own.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { counting, ScreenBuild } from "../support/screen-build.ts";

test("check 19: the end of a run stays on screen, and leaves its summary behind", async (t) => {
  const build = new ScreenBuild({
    "1-extra-stamp": [
      ...counting(40),
      "if [ ! -e mended ]; then echo \"curl.c:12:5: error: 'foo' undeclared\"; exit 1; fi",
      "echo curl > proto/usr/bin/curl",
    ],
  });
  t.after(() => {
    build.close();
  });
  const terminal = build.shell(["sh", "-c", `seq 300; ${build.program} run; echo left=$?; cat`]);
  const bytes = terminal.record();
  await terminal.waitFor(/^ extra failed\./m);
  const stays = await terminal.waitFor("✗›curl.c:12:5");
  assert.match(stays, /^›✗ extra/m);
  assert.match(stays, /^ 1 problem ─/m);
  assert.equal(terminal.property("alternate_on"), "1");
  build.tree.write("mended", "");
  terminal.keys("q");
  await terminal.waitFor("left=2");
  const all = terminal.scrollback();
  assert.match(all, /^1\n2\n3\n/);
  assert.match(all, /\n299\n300\nBuild \S+ failed after 00:\d\d/);
  assert.match(all, /^ {2}✓ strap +00:\d\d/m);
  assert.match(all, /^ {2}✗ extra +00:\d\d {2}exit 2/m);
  assert.match(all, /^ {2}extra: .*curl\.c:12/m);
  assert.match(all, /^ {2}log {5}log\/smartbuild\/\S+\/extra\.1\.log/m);
  assert.doesNotMatch(readFileSync(bytes, "latin1"), /\x1b\[3J/);
  t.diagnostic(`${terminal.property("history_size")} lines of scrollback kept`);
  const again = build.open(["run"]);
  await again.waitFor("Done: output/platform-");
  again.keys("q");
  const good = await again.waitFor("exit=0");
  assert.match(good, /^Build \S+ succeeded after 00:\d\d/m);
  assert.match(good, /^ {2}made {4}output\/platform-\S+ \(\d[\d.]* [kM]B\)/m);
});
