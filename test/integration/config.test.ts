// Invariant: each run is the built program on a tree of its own; what it wrote is read back by bash
// or by the build.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { buildEnd, plainEnvironment, program, run, treeFor } from "../support/smartbuild.ts";

describe("smartbuild config", () => {
  test("lists, gets, sets and unsets, and says which stages run again", async (t) => {
    const tree = treeFor(t);
    const at = { cwd: tree.root };
    tree.write("configure.local", "# mine\nOVERLAYS=generic # why\nROOTCMD=$(which sudo)\n");
    const listed = await run(["config"], at);
    assert.match(listed.stdout, /^ {2}OVERLAYS +generic {2}\(configure\.local:2\)$/m);
    assert.equal((await run(["config", "get", "OVERLAYS"], at)).stdout, "generic\n");
    assert.equal((await run(["config", "get", "HAVE_PKG"], at)).stdout, "true\n");
    const computed = await run(["config", "get", "ROOTCMD"], at);
    assert.equal(computed.code, 65);
    assert.match(computed.stderr, /Only running configure tells ROOTCMD: \$\(which sudo\)/);

    const dry = await run(["config", "set", "OVERLAYS", "site generic", "--dry-run"], at);
    assert.match(dry.stdout, /^-OVERLAYS=generic # why\n\+OVERLAYS="site generic" # why$/m);
    assert.match(dry.stdout, /Nothing was written/);
    assert.match(readFileSync(join(tree.root, "configure.local"), "utf8"), /OVERLAYS=generic/);

    const set = await run(["config", "set", "OVERLAYS", "site generic"], at);
    assert.equal(set.code, 0, set.stderr);
    assert.match(
      set.stdout,
      /Wrote configure\.local\.\nThe next build runs again: configure, .*live/,
    );
    assert.equal(
      readFileSync(join(tree.root, "configure.local"), "utf8"),
      '# mine\nOVERLAYS="site generic" # why\nROOTCMD=$(which sudo)\n',
    );
    assert.match((await run(["config", "diff"], at)).stdout, /^\+OVERLAYS=site generic /m);
    assert.equal((await run(["config", "unset", "ROOTCMD"], at)).code, 0);
    assert.equal((await run(["config", "get", "ROOTCMD"], at)).stdout, "pfexec\n");
  });

  test("refuses with a reason and an exit code, and writes nothing", async (t) => {
    const tree = treeFor(t);
    const at = { cwd: tree.root };
    const before = readdirSync(tree.root);
    const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
      [["set", "HAVE_PKG", "maybe"], 65, /none of: true or false/],
      [["set", "NOT_THERE", "x"], 65, /No setting is named NOT_THERE/],
      [["get", "NOT_THERE"], 65, /No setting is named NOT_THERE/],
      [["get", "GCC44_URL"], 65, /Nothing sets GCC44_URL/],
      [["unset", "GCC44_URL"], 65, /Nothing sets GCC44_URL/],
      [["set", "HAVE_PKG"], 64, /A name and a value are needed/],
      [["get", "A", "B"], 64, /B is one word too many/],
      [["toString"], 64, /There is no config toString/],
      [["set", "ROOT_PASSWORD_HASH", "$5$a$b"], 64, /others can see what stands on a command line/],
    ];
    for (const [argv, code, reason] of cases) {
      const done = await run(["config", ...argv], at);
      assert.equal(done.code, code, `${argv.join(" ")}: ${done.stderr}`);
      assert.match(done.stderr, reason);
      assert.equal(done.stdout, "");
    }
    assert.deepEqual(readdirSync(tree.root), before);
  });

  test("takes a secret from standard input, hides it, and closes its file", (t) => {
    const tree = treeFor(t);
    const argv = ["config", "set", "ROOT_PASSWORD_HASH", "-"];
    const done = spawnSync(process.execPath, [program, ...argv], {
      cwd: tree.root,
      env: plainEnvironment(),
      input: "$5$salt$hash\n",
      encoding: "utf8",
    });
    assert.equal(done.status, 0, done.stderr);
    assert.match(done.stdout, /\+ROOT_PASSWORD_HASH=\(hidden\)/);
    assert.doesNotMatch(done.stdout, /salt/);
    const file = join(tree.root, "smartbuild.image");
    assert.equal(readFileSync(file, "utf8"), "ROOT_PASSWORD_HASH=$5$salt$hash\n");
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  test("a build variable reaches make, the environment beats it, and a change makes stages stale", async (t) => {
    const tree = treeFor(t, {
      "0-extra-stamp": ['echo "clean=<$BUILD_ILLUMOS_CLEAN> stamp=<$BUILDSTAMP>" > said'],
    });
    const at = { cwd: tree.root };
    assert.equal((await run(["config", "set", "BUILD_ILLUMOS_CLEAN", "yes"], at)).code, 0);
    assert.equal((await run(["config", "set", "BUILDSTAMP", "20260313T000000Z"], at)).code, 0);
    const built = await run(["run", "--plain", "illumos"], {
      ...at,
      env: { BUILDSTAMP: "20200101T000000Z" },
    });
    assert.equal(built.code, 0, built.stdout + built.stderr);
    await buildEnd(tree.root);
    assert.equal(
      readFileSync(join(tree.root, "said"), "utf8"),
      "clean=<yes> stamp=<20200101T000000Z>\n",
    );
    const since = await run(["config", "diff", "--since-build"], at);
    assert.match(since.stdout, /^BUILDSTAMP: 20260313T000000Z {2}\(read by .*illumos/m);
    const plan = await run(["plan", "illumos"], at);
    assert.match(plan.stdout, /illumos +build: .*BUILDSTAMP/);
  });
});
