// Invariant: the builds page shows the builds of a workspace in a real terminal, and looking at an
// earlier one changes nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makePastBuilds } from "../support/past-builds.ts";
import { counting, holding, ScreenBuild } from "../support/screen-build.ts";

const failing = [
  ...counting(5),
  "if [ ! -e mended ]; then echo \"curl.c:12:5: error: 'foo' undeclared\"; exit 1; fi",
  "echo curl > proto/usr/bin/curl",
];

test("past builds are listed, opened read-only, compared, and an image verified", async (t) => {
  const build = new ScreenBuild({ "1-extra-stamp": failing });
  t.after(() => {
    build.close();
  });
  assert.equal(build.run("run", "--plain").status, 2);
  build.tree.write("mended", "");
  build.tree.write("configure.local", "OVERLAYS=generic\n# another text\n");
  assert.equal(build.run("run", "--plain").status, 0);

  const terminal = build.open([]);
  await terminal.waitFor("Done: output/platform-");
  terminal.keys("5");
  const listed = await terminal.waitFor("2 builds,");
  assert.match(listed, /^›✓ {3}2 {2}\w{3} [ \d]\d \d\d:\d\d {4}\d\d:\d\d .*│ 0002-\d{8}T\d{6}Z$/m);
  assert.match(listed, /^ ✗ {3}1 /m);
  assert.match(listed, /│ never verified; v verifies it$/m);

  terminal.keys("v");
  await terminal.waitFor(/clean, verified on \d{4}-\d\d-\d\d/);
  terminal.keys("i");
  const image = await terminal.waitFor("The image of build 2");
  assert.match(image, /^ {2}room +\d+ % /m);
  assert.match(image, /^ clean, verified on .*: \d+ entries and \d+ sums agree$/m);
  terminal.keys("G");
  await terminal.waitFor(/piadm install \/var\/tmp\/platform-\d{8}T\d{6}Z\.tgz/);
  terminal.keys("Escape");
  await terminal.waitFor("2 builds,");

  terminal.keys("c");
  await terminal.waitFor("Build 2 is marked: choose another one and press c again.");
  terminal.keys("j", "c");
  const compared = await terminal.waitFor("Build 1 and build 2");
  assert.match(compared, /^ ✓ extra +\d\d:\d\d +\d\d:\d\d/m);
  terminal.keys("G");
  const end = await terminal.waitFor(/fragment configure\.local/);
  assert.match(end, /mended +extra: .*curl\.c/);
  terminal.keys("Escape");
  await terminal.waitFor("2 builds,");

  terminal.keys("Enter");
  const past = await terminal.waitFor("build 1 of 2, read-only");
  assert.match(past, /^›✗ extra/m);
  assert.match(past, /curl\.c:12:5: error: 'foo' undeclared/);
  terminal.keys("r");
  await terminal.waitFor("an earlier build can only be looked at");
  terminal.keys("f");
  await terminal.waitFor(/^›✗ .*curl\.c/m);
  terminal.keys("3");
  await terminal.waitFor(/^ \d+ entries {2}the tree as it is now/m);
  terminal.keys("0");
  await terminal.waitFor("Done: output/platform-");
  terminal.keys("5", "j", "Enter");
  await terminal.waitFor("build 1 of 2, read-only");
  terminal.keys("q");
  const left = await terminal.waitFor("exit=0");
  assert.match(left, /^Build 0002-\S+ succeeded after/m, "the newest build's summary and code");
});

test("five hundred past builds open within 300 ms, beside one that runs", async (t) => {
  const build = new ScreenBuild({ "0-extra-stamp": [...holding] });
  t.after(() => {
    build.close();
  });
  makePastBuilds(build.tree.root, { count: 500, logBytes: 0 });
  assert.equal(build.run("run", "--detach").status, 0);
  const terminal = build.open(["attach"]);
  await terminal.waitFor(/^›\S strap /m);
  const before = performance.now();
  terminal.keys("5");
  await terminal.waitFor(/^›\S 501 /m);
  const first = performance.now() - before;
  await terminal.waitFor("501 builds");
  const all = performance.now() - before;
  terminal.keys("G");
  await terminal.waitFor(/^›✓ {3}1 /m);
  terminal.keys("Enter");
  await terminal.waitFor("build 1 of 501, read-only");
  terminal.keys("0");
  await terminal.waitFor(/^›\S strap /m);
  t.diagnostic(`first builds after ${first.toFixed(0)} ms, all 501 after ${all.toFixed(0)} ms`);
  assert.ok(first < 900, `${first} ms`);
});
