// Invariant: a fragment that is gone counts like one that was changed: what it had set is built anew.
import assert from "node:assert/strict";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { PlannedStage } from "../../src/engine/journal/events.ts";
import { run, treeFor } from "../support/smartbuild.ts";

async function stale(root: string): Promise<Record<string, string>> {
  const { code, stdout, stderr } = await run(["plan", "--json"], { cwd: root });
  assert.equal(code, 0, stderr);
  const { stages } = JSON.parse(stdout) as { stages: PlannedStage[] };
  return Object.fromEntries(
    stages.filter((one) => one.run).map((one) => [one.name, one.reasons.join("; ")]),
  );
}

void test("an overlay goes with the fragment that asked for it", async (t) => {
  const tree = treeFor(t);
  const { root } = tree;
  tree.write("configure.zz", "OVERLAYS='mine generic'\n");
  tree.write("overlay/mine/manifest", "f etc/group 0644 root sys\n");
  tree.write("overlay/mine/etc/group", "root::0:\nbin::2:\nsys::3:\nmine::9:\n");
  assert.equal((await run(["run", "--plain"], { cwd: root })).code, 0);
  assert.deepEqual(await stale(root), {});
  assert.match(readFileSync(join(root, "overlay/order"), "utf8"), /overlay\/mine /);

  rmSync(join(root, "configure.zz"));
  const reasons = await stale(root);
  assert.match(reasons["configure"] ?? "", /the setting OVERLAYS changed/);
  assert.match(reasons["manifest"] ?? "", /the setting OVERLAYS changed/);
  assert.match(reasons["live"] ?? "", /OVERLAYS|manifest will be built/);
  assert.equal(reasons["illumos"], undefined, "nothing else is built for it");
  const again = await run(["run", "--plain"], { cwd: root });
  assert.equal(again.code, 0, again.stdout);
  assert.doesNotMatch(readFileSync(join(root, "overlay/order"), "utf8"), /overlay\/mine /);
  assert.deepEqual(await stale(root), {});
});

void test("a leftover that decides counts until it is renamed out of the way", async (t) => {
  const tree = treeFor(t);
  const { root } = tree;
  tree.write("configure.local.bak", "PUBLISHER=old\nHELLO=1\n");
  tree.write("configure.local", "OVERLAYS=generic\nPUBLISHER=new\n");
  assert.equal((await run(["run", "configure", "--plain"], { cwd: root })).code, 0);
  renameSync(join(root, "configure.local.bak"), join(root, "old.configure.local"));
  assert.match((await stale(root))["configure"] ?? "", /the setting PUBLISHER changed/);
});

void test("code that a deleted fragment ran is missed", async (t) => {
  const tree = treeFor(t);
  const { root } = tree;
  tree.write("configure.aa", "[[ -d overlay/x ]] || mkdir overlay/x\n");
  assert.equal((await run(["run", "configure", "--plain"], { cwd: root })).code, 0);
  rmSync(join(root, "configure.aa"));
  assert.match((await stale(root))["configure"] ?? "", /the setting code changed/);
});
