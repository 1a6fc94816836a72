// Invariant: what configure clones during the first build counts as what that build was made from.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { PlannedStage } from "../../src/engine/journal/events.ts";
import { run, treeFor } from "../support/smartbuild.ts";

function git(folder: string, ...args: string[]): void {
  const who = ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...who, ...args], { cwd: folder, stdio: "ignore" });
}

function commitAll(folder: string): void {
  git(folder, "add", "-A");
  git(folder, "commit", "-q", "-m", "all");
}

async function stale(root: string): Promise<Record<string, readonly string[]>> {
  const { code, stdout, stderr } = await run(["plan", "--json"], { cwd: root });
  assert.equal(code, 0, stderr);
  const { stages } = JSON.parse(stdout) as { stages: PlannedStage[] };
  return Object.fromEntries(stages.filter((one) => one.run).map((one) => [one.name, one.reasons]));
}

void test("a commit in what the first build cloned is seen by the next plan", async (t) => {
  const tree = treeFor(t);
  const { root } = tree;
  const origin = join(root, "origin");
  tree.write("origin/mine/manifest", "f etc/motd 0644 root bin\n");
  tree.write("origin/mine/etc/motd", "hello\n");
  renameSync(join(root, "projects/illumos-extra"), join(origin, "illumos-extra"));
  for (const name of ["mine", "illumos-extra"]) {
    git(join(origin, name), "init", "-q");
    commitAll(join(origin, name));
  }
  tree.write(
    "configure.local",
    [
      "OVERLAYS='mine generic'",
      `[[ -d overlay/mine ]] || git clone -q ${origin}/mine overlay/mine`,
      `[[ -d projects/illumos-extra ]] || git clone -q ${origin}/illumos-extra projects/illumos-extra`,
      "",
    ].join("\n"),
  );
  tree.write(".gitignore", "origin\nlog\noutput\nproto*\nprojects\n*-stamp\nman/man\nmanifest.*\n");
  git(root, "init", "-q");
  commitAll(root);

  assert.equal((await run(["run", "--plain"], { cwd: root })).code, 0);
  assert.deepEqual(await stale(root), {}, "nothing changed since");

  const clone = join(root, "projects/illumos-extra");
  writeFileSync(join(clone, "new"), "");
  commitAll(clone);
  writeFileSync(join(root, "overlay/mine/etc/motd"), "hello again\n");
  commitAll(join(root, "overlay/mine"));
  const reasons = await stale(root);
  assert.match(reasons["strap"]?.join() ?? "", /^projects\/illumos-extra has another HEAD/);
  assert.match(
    reasons["live"]?.join() ?? "",
    /overlay\/mine has another HEAD \(\w{9}, was \w{9}\)/,
  );
});
