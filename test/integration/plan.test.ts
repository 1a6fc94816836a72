// Invariant: plan says what run then does, with real repositories and real stamps.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { PlannedStage } from "../../src/engine/journal/events.ts";
import { eventsOfType, run, treeFor } from "../support/smartbuild.ts";

async function stagesToBuild(root: string): Promise<Record<string, readonly string[]>> {
  const { code, stdout, stderr } = await run(["plan", "--json"], { cwd: root });
  assert.equal(code, 0, stderr);
  const { stages } = JSON.parse(stdout) as { stages: PlannedStage[] };
  return Object.fromEntries(stages.filter((one) => one.run).map((one) => [one.name, one.reasons]));
}

function git(folder: string, ...args: string[]): void {
  const who = ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false"];
  execFileSync("git", [...who, ...args], { cwd: folder, stdio: "ignore" });
}

void test("plan follows commits, edits, new files, settings and manifests", async (t) => {
  const tree = treeFor(t);
  const { root } = tree;
  const extra = join(root, "projects/illumos-extra");
  git(extra, "init", "-q");
  git(extra, "add", "-A");
  git(extra, "commit", "-q", "-m", "one");

  const fresh = await run(["plan"], { cwd: root });
  assert.match(fresh.stdout, /classic layout, 12 of 12 stages to build/);
  assert.match(fresh.stdout, /strap +build: 0-extra-stamp and proto\.strap are missing/);
  assert.ok(!readdirSync(root).includes("log"), "plan changes nothing");
  assert.equal((await run(["run", "--plain"], { cwd: root })).code, 0);
  assert.deepEqual(await stagesToBuild(root), {});
  const done = await run(["plan"], { cwd: root });
  assert.match(
    done.stdout,
    /0 of 12 stages to build[\s\S]*live +up to date \(image by smartbuild\)/,
  );

  appendFileSync(join(extra, "curl/Makefile"), "# edit\n");
  const edited = await stagesToBuild(root);
  assert.deepEqual(edited["strap"], ["projects/illumos-extra has other uncommitted changes"]);
  assert.deepEqual(Object.keys(edited), ["strap", "illumos", "extra", "manifest", "live"]);
  git(extra, "commit", "-qam", "two");
  assert.match(
    (await stagesToBuild(root))["extra"]?.join() ?? "",
    /has another HEAD \(\w{9}, was \w{9}\)/,
  );
  assert.equal((await run(["run", "--plain"], { cwd: root })).code, 0);
  const ran = eventsOfType(root, "stage-started").map(({ stage }) => stage);
  assert.deepEqual(
    ran,
    ["strap", "illumos", "extra", "manifest", "live"],
    "run did what plan said",
  );
  assert.deepEqual(await stagesToBuild(root), {});

  tree.write("projects/illumos-extra/curl/Patches/new.patch", "x");
  assert.match(
    (await stagesToBuild(root))["extra"]?.join() ?? "",
    /projects\/illumos-extra has new files/,
  );
  assert.equal((await run(["run", "--plain", "extra"], { cwd: root })).code, 0);
  assert.equal((await stagesToBuild(root))["extra"], undefined, "an old new file counts no more");
  assert.equal((await run(["run", "--plain"], { cwd: root })).code, 0);

  appendFileSync(join(root, "src/manifest"), "s usr/bin/hey=hello\n");
  const asked = await stagesToBuild(root);
  assert.match(asked["manifest"]?.join() ?? "", /src\/manifest is newer than manifest\.gen/);
  assert.ok(asked["live"] !== undefined && asked["illumos"] === undefined);
  tree.write("configure.local", "OVERLAYS=generic\nPUBLISHER=me\n");
  const configured = await stagesToBuild(root);
  assert.match(
    configured["configure"]?.join() ?? "",
    /configure\.local is newer|setting PUBLISHER changed/,
  );
});

void test("plan names targets it does not know, and the ones there are", async (t) => {
  const { root } = treeFor(t);
  const { code, stderr } = await run(["plan", "nosuch"], { cwd: root });
  assert.equal(code, 64);
  assert.match(stderr, /There is no target nosuch[\s\S]*illumos.*world.*extra\/curl/);
});
