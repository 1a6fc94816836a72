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
  assert.match(compared, /^ Settings that differ\n {3}fragment +configure\.local$/m);
  assert.match(compared, /^ ✓ extra +\d\d:\d\d +\d\d:\d\d/m);
  terminal.keys("G");
  await terminal.waitFor(/mended +extra: .*curl\.c/);
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

test("an image is known when its build ends, and a build from elsewhere is not missed", async (t) => {
  const build = new ScreenBuild({ "0-extra-stamp": [...holding] });
  t.after(() => {
    build.close();
  });
  assert.equal(build.run("run", "--detach").status, 0);
  const terminal = build.open([]);
  await terminal.waitFor(/^›\S strap /m);
  terminal.keys("5");
  await terminal.waitFor("1 build,");
  terminal.keys("c");
  await terminal.waitFor("there is no other build to compare it with yet");
  build.release();
  await terminal.waitFor(/│ succeeded after /);
  terminal.keys("i");
  const image = await terminal.waitFor("The image of build 1");
  assert.match(image, /^ never verified; v verifies it$/m);
  assert.doesNotMatch(image, /not there any more| open /);
  terminal.keys("G");
  const booted = await terminal.waitFor(/piadm install/);
  assert.match(booted, /^ The image of build 1 /m);
  terminal.keys("1");
  await terminal.waitFor("5, then i: how to boot it");

  assert.equal(build.run("run", "--plain").status, 0);
  const overtaken = await terminal.waitFor("Build 2 was started elsewhere.  0: show it.");
  assert.match(overtaken, /build 1 of 2, read-only/);
  terminal.keys("5");
  const listed = await terminal.waitFor("2 builds,");
  assert.match(listed, /^›✓ {3}2 /m);
  terminal.keys("0");
  await terminal.waitFor("Done: output/platform-");
  terminal.keys("0");
  await terminal.waitFor("this is the newest build");
});

test("the first build of a workspace is shown although another shell started it", async (t) => {
  const build = new ScreenBuild({ "0-extra-stamp": [...holding] });
  t.after(() => {
    build.close();
  });
  const terminal = build.open([]);
  await terminal.waitFor("Nothing has been built here yet.");
  const settings = build.open([]);
  await settings.waitFor("Nothing has been built here yet.");
  settings.keys("4");
  await settings.waitFor("configure.local");
  const began = performance.now();
  assert.equal(build.run("run", "--detach").status, 0);
  await terminal.waitFor(/^ ✓ configure /m);
  const took = performance.now() - began;
  await settings.waitFor(/ running [^]*^›  configure\.local /m);
  build.release();
  await terminal.waitFor("Done: output/platform-");
  t.diagnostic(`shown ${Math.round(took)} ms after the command was typed`);
  assert.ok(took < 6000);
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
