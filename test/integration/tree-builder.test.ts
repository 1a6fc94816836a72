// Invariant: what the tree's own tools hide is told before they run, or right after.
import assert from "node:assert/strict";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";
import { run, treeFor } from "../support/smartbuild.ts";

/** A small tree in today's layout, whose stamps are made at once. */
function modernTree(t: TestContext, files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "smartbuild-modern-")));
  t.after(() => {
    rmSync(root, { recursive: true });
  });
  const all = {
    configure: "#!/bin/sh\n: > build.env; : > projects/illumos/illumos.sh\n",
    "default.configure-build": "PUBLISHER=joyent\n",
    "default.configure-projects": "illumos:master:origin\n",
    "tools/build_live": "",
    "tools/build_strap": "",
    "tools/lib/build_common.sh": "",
    "projects/devpro/Makefile": "",
    "projects/illumos/manifest": "",
    "projects/illumos-extra/Makefile": "",
    "projects/local/README": "",
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text, { mode: 0o755 });
  }
  return root;
}

/** make reports success of this recipe, whatever becomes of the first command of the pipe. */
const truncating = [
  "include build.env",
  "0-%-stamp:",
  "\tmkdir -p proto proto.strap; touch proto/buildstamp $@",
  "manifest:",
  "\tmkdir -p manifest.d boot.manifest.d",
  "\tprintf 'd usr 0755 root sys\\n' > manifest.d/a.manifest",
  "\tprintf '# nothing\\n' > manifest.d/b.manifest",
  "\tprintf 'f usr/c 0444 root bin\\ns usr/d=c\\n' > manifest.d/c.manifest",
  "\tprintf 'd boot 0755 root sys\\n' | tee boot.manifest.d/a.manifest > boot.manifest.gen",
  "\t(set -e; for f in manifest.d/*; do grep -v '^#' $$f; done) | sort > manifest.gen",
  "",
].join("\n");

void test("a manifest that make cut short is a failure of its stage", async (t) => {
  const root = modernTree(t, { Makefile: truncating });
  const { code, stdout } = await run(["run", "manifest", "--plain"], { cwd: root });
  assert.equal(code, 2, stdout);
  assert.match(
    stdout,
    /manifest: manifest\.gen lacks 2 entries of manifest\.d, the first is usr\/c of manifest\.d\/c\.manifest/,
  );
  assert.match(stdout, /give that file an entry or remove it/);
});

void test("the builder of 2012 is not started while files are missing", async (t) => {
  const tree = treeFor(t);
  tree.write("smartbuild.image", "IMAGE_BUILDER=tree\n");
  tree.write("src/manifest", "d usr 0755 root sys\nf usr/nowhere 0444 root bin\n");
  const { code, stdout } = await run(["run", "--plain"], { cwd: tree.root });
  assert.equal(code, 2, stdout);
  assert.match(
    stdout,
    /live: The image lacks usr\/nowhere: src\/manifest:2 asks for it and no overlay or proto area has it/,
  );
  const log = await run(["logs", "live"], { cwd: tree.root });
  assert.match(log.stdout, /tools\/build_live is not started/);
  assert.equal(existsSync(join(tree.root, "output")), false);
});

void test("an image of the builder of 2012 is the latest one after one of smartbuild", async (t) => {
  const tree = treeFor(t);
  const at = (path: string): string => join(tree.root, path);
  appendFileSync(
    at("Makefile"),
    [
      "live:",
      "\tmkdir -p output/platform-$$(cat proto/buildstamp)",
      "\ttouch output/platform-$$(cat proto/buildstamp).tgz",
      "\tcp proto/buildstamp output",
      "",
    ].join("\n"),
  );
  assert.equal((await run(["run", "--plain"], { cwd: tree.root })).code, 0);
  assert.notEqual(readlinkSync(at("output/platform-latest")), "platform-20300101T000000Z");
  tree.write("smartbuild.image", "IMAGE_BUILDER=tree\n");
  tree.write("proto/buildstamp", "20300101T000000Z\n");
  const { code, stdout } = await run(["run", "--plain"], { cwd: tree.root });
  assert.equal(code, 0, stdout);
  assert.match(stdout, /made +output\/platform-20300101T000000Z\.tgz/);
  assert.equal(readlinkSync(at("output/platform-latest")), "platform-20300101T000000Z");
  assert.match((await run(["run", "--plain"], { cwd: tree.root })).stdout, /^Nothing to build/);
  rmSync(at("smartbuild.image"));
  const plan = await run(["plan"], { cwd: tree.root });
  assert.match(
    plan.stdout,
    /live +build: the setting IMAGE_BUILDER changed \(image by smartbuild\)/,
  );
});

void test("a tool that failed in the builder of 2012 fails the stage, which went on", async (t) => {
  const tree = treeFor(t);
  tree.write("smartbuild.image", "IMAGE_BUILDER=tree\n");
  appendFileSync(
    join(tree.root, "Makefile"),
    [
      "live:",
      "\tmkdir -p log output/platform-$$(cat proto/buildstamp); cp proto/buildstamp output",
      "\techo 'lofiadm: could not map file /tmp/rd.file: busy' | tee log/build_live.$$(cat proto/buildstamp).log",
      "\techo 'Customizing /tmp/rd.mnt' | tee -a log/build_live.$$(cat proto/buildstamp).log",
      "",
    ].join("\n"),
  );
  const { code, stdout } = await run(["run", "--plain"], { cwd: tree.root });
  assert.equal(code, 2, stdout);
  assert.match(
    stdout,
    /live: The image is not whole, though tools\/build_live went on: lofiadm: could not map file/,
  );
  assert.equal(existsSync(join(tree.root, "output/platform-latest")), false);
  const plan = await run(["plan"], { cwd: tree.root });
  assert.match(plan.stdout, /live +build: .*it did not succeed last time/);
});
