// Invariant: a full disk stops a build with words that name it, damages nothing that was finished, and
// the next run goes on once there is room.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  eventsOf,
  hostPid,
  isLive,
  logged,
  newestBuild,
  openGate,
  processesWith,
  run,
  start,
  stateOf,
  treeFor,
  until,
} from "../support/smartbuild.ts";
import { fillDisk, withSmallDisk } from "../support/small-disk.ts";

/** `stop` says how it ended, and nothing of the build is left. */
async function stopEndsAll(root: string): Promise<void> {
  const stopped = await run(["stop"], { cwd: root });
  assert.equal(stopped.code, 0, stopped.stdout + stopped.stderr);
  assert.match(stopped.stdout, /was stopped\.$/m);
  assert.equal(stateOf(root).stages.find(({ name }) => name === "src")?.state, "interrupted");
  await until("nothing of the build runs", () => processesWith(`${root}/`).length === 0);
}

void test("a build on a full disk stops and says which disk, and how much is free", async (t) => {
  const tree = treeFor(t, { "0-livesrc-stamp": ["echo waiting", "read x < gate"] });
  const { root } = tree;
  const logs = join(root, "log/smartbuild");
  await withSmallDisk(t, logs, 4, async () => {
    const gate = tree.gate("gate");
    const running = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "waiting");
    const filler = fillDisk(logs);
    await openGate(gate);
    const ended = await running.ended;
    assert.equal(ended.code, 2, ended.stdout + ended.stderr);
    const state = stateOf(root);
    assert.equal(state.state, "failed");
    assert.equal(state.stages.find(({ name }) => name === "src")?.state, "succeeded");
    const words = state.problems.map(({ summary }) => summary).join("; ");
    assert.ok(words.includes(`the disk at ${logs} is full (`), words);
    // The reserve that was freed to tell of the end counts as free again.
    assert.match(words, /is full \([01]\.\d MB of 4\.2 MB free\)/);
    assert.match(ended.stdout, /is full \([01]\.\d MB of/);
    assert.deepEqual(
      eventsOf(root).map(({ seq }) => seq),
      eventsOf(root).map((_, index) => index + 1),
    );
    rmSync(filler);
    const next = await run(["run", "--plain"], { cwd: root });
    assert.equal(next.code, 0, next.stdout + next.stderr);
    assert.doesNotMatch(next.stdout, /src started/, "what was finished stays finished");
  });
});

void test("an image on a full disk: the problem says which disk, nothing half made is left", async (t) => {
  const noise = "head -c 4000000 /dev/urandom > proto/usr/bin/curl";
  const tree = treeFor(t, { "1-extra-stamp": [noise] });
  const { root } = tree;
  const output = join(root, "output");
  const isDone = await withSmallDisk(t, output, 3, async () => {
    // An earlier image, which could give its room back.
    mkdirSync(join(output, "platform-20200102T030405Z"));
    writeFileSync(join(output, "platform-20200102T030405Z/boot_archive"), Buffer.alloc(1_000_000));
    const ended = await run(["run", "--plain"], { cwd: root });
    assert.equal(ended.code, 2, ended.stdout + ended.stderr);
    const [problem] = stateOf(root).problems;
    assert.equal(problem?.kind, "disk-full");
    assert.match(
      problem.summary,
      /^The disk at \/\S+\/output is full \(\d\.\d MB of 3\.1 MB free\), so \S+\/output\/\S+ was not written$/,
    );
    assert.match(
      ended.stdout,
      /Make room there, then try again\. 1 earlier images in output hold 1\.0 MB\./,
    );
    assert.deepEqual(readdirSync(output), ["platform-20200102T030405Z"]);
    rmSync(join(output, "platform-20200102T030405Z"), { recursive: true });
  });
  if (!isDone) return;
  const next = await run(["run", "--plain"], { cwd: root });
  assert.equal(next.code, 0, next.stdout + next.stderr);
  assert.doesNotMatch(next.stdout, /src started/, "what was finished stays finished");
});

void test("a build on a full disk is stopped, though the disk has no room for the wish", async (t) => {
  const tree = treeFor(t, { "0-livesrc-stamp": ["echo waiting", "read x < gate"] });
  const { root } = tree;
  const logs = join(root, "log/smartbuild");
  await withSmallDisk(t, logs, 4, async () => {
    tree.gate("gate");
    const running = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "waiting");
    const filler = fillDisk(logs);
    await stopEndsAll(root);
    assert.equal((await running.ended).code, 143, running.output());
    rmSync(filler);
  });
});

void test("a build on a full disk is stopped, though its host is dead", async (t) => {
  const tree = treeFor(t, { "0-livesrc-stamp": ["echo waiting", "read x < gate"] });
  const { root } = tree;
  const logs = join(root, "log/smartbuild");
  await withSmallDisk(t, logs, 4, async () => {
    tree.gate("gate");
    const running = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "waiting");
    const filler = fillDisk(logs);
    // Nor is there a host just now.
    assert.equal(running.child.kill("SIGKILL"), true);
    const host = hostPid(root);
    process.kill(host, "SIGKILL");
    await until("the host is dead", () => !isLive(host));
    await stopEndsAll(root);
    rmSync(filler);
  });
});

void test("a stop ends all processes even where the end cannot be told any more", async (t) => {
  const tree = treeFor(t, { "0-livesrc-stamp": ["echo waiting", "read x < gate"] });
  const { root } = tree;
  const logs = join(root, "log/smartbuild");
  await withSmallDisk(t, logs, 4, async () => {
    const gate = tree.gate("gate");
    assert.equal((await run(["run", "--detach"], { cwd: root })).code, 0);
    await logged(root, "src.1.log", "waiting");
    // The reserve is gone, as if the stage had eaten it, and no block of the journal has room left.
    const folder = newestBuild(root) ?? "";
    const journal = join(folder, "journal.jsonl");
    appendFileSync(journal, "\n".repeat(4096 - (statSync(journal).size % 4096)));
    rmSync(join(folder, "reserve"));
    const filler = fillDisk(logs);
    const stopped = await run(["stop"], { cwd: root });
    assert.equal(stopped.code, 73, stopped.stdout + stopped.stderr);
    assert.match(
      stopped.stderr,
      /No process of the build \S+ is left, but its end cannot be written down: the disk at .* is full/,
    );
    await until("nothing of the build runs", () => processesWith(`${root}/`).length === 0);
    rmSync(filler);
    const again = await run(["stop"], { cwd: root });
    assert.equal(again.code, 0, again.stdout + again.stderr);
    const next = start(["run", "--plain"], { cwd: root });
    await openGate(gate);
    assert.equal((await next.ended).code, 0);
  });
});
