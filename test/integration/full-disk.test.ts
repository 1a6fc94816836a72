// Invariant: a full disk stops a build with words that name it, damages nothing that was finished, and
// the next run goes on once there is room.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { eventsOf, logged, openGate, run, start, stateOf, treeFor } from "../support/smartbuild.ts";

void test("a build on a full disk stops and says which disk, and how much is free", async (t) => {
  const tree = treeFor(t, { "0-livesrc-stamp": ["echo waiting", "read x < gate"] });
  const { root } = tree;
  const logs = join(root, "log/smartbuild");
  mkdirSync(logs, { recursive: true });
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=4m", "none", logs]);
  if (mounted.status !== 0) {
    t.skip("only root can mount the small disk this needs");
    return;
  }
  try {
    const gate = tree.gate("gate");
    const running = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "waiting");
    spawnSync("sh", ["-c", "cat /dev/zero > filler 2>/dev/null"], { cwd: logs });
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
    rmSync(join(logs, "filler"));
    const next = await run(["run", "--plain"], { cwd: root });
    assert.equal(next.code, 0, next.stdout + next.stderr);
    assert.doesNotMatch(next.stdout, /src started/, "what was finished stays finished");
  } finally {
    spawnSync("umount", ["-l", logs]);
  }
});
