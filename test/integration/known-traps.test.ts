// Invariant: each trap of docs/known-traps.md that no other test springs is sprung here, by a real make.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { newestBuild, run, treeFor } from "../support/smartbuild.ts";
import type { TinyTree } from "../support/tiny-tree.ts";

/** A tree whose Makefile takes the caller's folder for its root, and whose recipes are bash's. */
function rootedTree(t: TestContext): TinyTree {
  const tree = treeFor(t);
  const path = join(tree.root, "Makefile");
  const text = readFileSync(path, "utf8").replace(
    "@echo devpro",
    () => "@[[ $(ROOT) == /* ]] && echo $(ROOT) $$PWD $(SHELL) >$(ROOT)/seen",
  );
  writeFileSync(path, `ROOT = $(PWD)\n${text}`);
  return tree;
}

for (const { name, folder, PWD } of [
  { name: "from a sub-folder", folder: "projects/local/kvm", PWD: undefined },
  { name: "through a symbolic link", folder: "way-in/src", PWD: "way-in/src" },
  { name: "with a PWD that is a lie", folder: ".", PWD: "projects/illumos" },
]) {
  void test(`${name}, make gets the tree's own root and a shell that knows [[`, async (t) => {
    const { root } = rootedTree(t);
    symlinkSync(".", join(root, "way-in"));
    const { code, stdout } = await run(["run", "devpro", "--plain"], {
      cwd: join(root, folder),
      env: { PWD: PWD === undefined ? undefined : join(root, PWD) },
    });
    assert.equal(code, 0, stdout);
    const [seen, own, shell] = readFileSync(join(root, "seen"), "utf8").trim().split(" ");
    assert.deepEqual([seen, own], [root, root]);
    assert.match(shell ?? "", /(?:ba|z|k)?sh$/);
  });
}

void test("neither an old copy of a component manifest nor one of nobody's is delivered", async (t) => {
  // As the real recipe: the copy of a local project's manifest has no prerequisites.
  const tree = treeFor(t, {
    manifest: [
      "mkdir -p manifest.d",
      ...["illumos", "illumos-extra"].map(
        (name) => `cp projects/${name}/manifest manifest.d/${name}.manifest`,
      ),
      "cp overlay/generic/manifest manifest.d/generic.ov.manifest",
      "[[ -e manifest.d/kvm.sd.manifest ]] || cp projects/local/kvm/manifest manifest.d/kvm.sd.manifest",
      "cat manifest.d/*.manifest | LC_ALL=C sort -k2,2 > manifest.gen",
    ],
  });
  const { root } = tree;
  assert.equal((await run(["run", "manifest", "--plain"], { cwd: root })).code, 0);
  tree.write(
    "projects/local/kvm/manifest",
    "f usr/bin/kvm 0555 root bin\nf usr/bin/qemu 0555 root bin\n",
  );
  tree.write("manifest.d/gone.sd.manifest", "f usr/bin/gone 0555 root bin\n");
  const { code, stdout } = await run(["run", "manifest", "--plain"], { cwd: root });
  assert.equal(code, 0, stdout);
  const made = readFileSync(join(root, "manifest.gen"), "utf8");
  assert.match(made, /usr\/bin\/qemu/);
  assert.doesNotMatch(made, /usr\/bin\/gone/);
});

const secret = "crYWYtF7tWooPMTX";

/** What today's build_live prints of a password, in its output and its trace, before it fails. */
const leaks = [
  `echo './tools/build_live -m manifest.gen -o output -p ${secret} /ws/proto'`,
  `printf '  * Password: "${secret}"\\n'`,
  `echo '[2026-11-23T04:23:49Z] ./tools/build_live:344: bi_create_password(): cp_password=${secret}'`,
  `echo 'PLATFORM_PASSWORD=${secret}'`,
  `echo 'tools/build_live: line 344: cp_password: unbound variable'`,
  `echo '  * Password: "${secret}": ERROR: it failed'`,
  "exit 1",
];

void test("a root password in a log is in nothing that smartbuild prints or keeps", async (t) => {
  const { root } = treeFor(t, { "0-livesrc-stamp": leaks });
  const build = await run(["run", "src", "--plain"], { cwd: root });
  assert.equal(build.code, 2);
  const said = [build.stdout];
  for (const args of [
    ["logs", "src"],
    ["logs", "-f", "src"],
    ["logs", "src", "--problem", "1"],
    ["problems"],
    ["problems", "--json"],
    ["status", "--json"],
    ["attach", "--plain"],
    ["history", "--json"],
  ]) {
    const { stdout, stderr } = await run(args, { cwd: root });
    said.push(stdout, stderr);
    if (args[0] === "logs" && args.length < 4) assert.match(stdout, /Password: "\*{16}"/);
  }
  const folder = newestBuild(root) ?? "";
  for (const name of ["journal.jsonl", "summary.json"]) {
    said.push(readFileSync(join(folder, name), "utf8"));
  }
  for (const text of said) assert.doesNotMatch(text, /crYWY/);
});

void test("lines that are no entries are named with the manifest to edit", async (t) => {
  const tree = treeFor(t);
  mkdirSync(join(tree.root, "src"), { recursive: true });
  appendFileSync(
    join(tree.root, "src/manifest"),
    "f usr/bin/short 0555 root\nx usr/bin/odd 0555 root bin\n",
  );
  const { code, stdout } = await run(["run", "--plain"], { cwd: tree.root });
  assert.equal(code, 2, stdout);
  assert.match(
    stdout,
    /cannot read a manifest line: Invalid type \(x\) on line\[\d+\]: x usr\/bin\/odd/,
  );
  const check = await run(["image", "check"], { cwd: tree.root });
  assert.match(
    check.stdout,
    /usr\/bin\/odd.*src\/manifest:3\)\n.*usr\/bin\/short.*src\/manifest:2\)/,
  );
});
