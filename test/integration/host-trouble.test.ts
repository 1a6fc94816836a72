// Invariant: a build that has no host, and can get none, says why and what to do; nobody waits in
// silence.
import assert from "node:assert/strict";
import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  eventsOfType,
  hostPid,
  isLive,
  logged,
  newestBuild,
  openGate,
  processesWith,
  run,
  start,
  treeFor,
  until,
} from "../support/smartbuild.ts";
import { fillDisk, remount, withSmallDisk } from "../support/small-disk.ts";

const held = { "0-livesrc-stamp": ["echo waiting", "read x < gate", "echo through"] };

async function killHost(root: string): Promise<void> {
  const pid = hostPid(root);
  process.kill(pid, "SIGKILL");
  await until("the host is dead", () => !isLive(pid));
}

/** Kills all of the build, the wrapper first, or its last act would be a new host. */
async function killAll(root: string): Promise<void> {
  const session = eventsOfType(root, "stage-process").at(-1)?.wrapper.pid ?? 0;
  process.kill(session, "SIGKILL");
  await until("all are dead", () => {
    const left = processesWith(`${root}/`).filter(isLive);
    for (const pid of left) process.kill(pid, "SIGKILL");
    return left.length === 0;
  });
}

void describe("a build whose host is dead", () => {
  void test("on a read-only disk: status and attach say so, and attach does not wait for nobody", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    const logs = join(root, "log/smartbuild");
    await withSmallDisk(t, logs, 8, async () => {
      tree.gate("gate");
      assert.equal((await run(["run", "--detach", "src"], { cwd: root })).code, 0);
      await logged(root, "src.1.log", "waiting");
      await killAll(root);
      assert.ok(remount(logs, "ro"));
      const words = `No host runs, and none can start: the disk at ${logs} is read-only.`;
      const status = await run(["status"], { cwd: root });
      assert.equal(status.code, 0);
      assert.ok(status.stderr.includes(words), status.stderr);
      const attached = await run(["attach", "--plain"], { cwd: root });
      assert.equal(attached.code, 73, attached.stderr);
      assert.ok(attached.stderr.includes(words), attached.stderr);
      assert.match(attached.stderr, /Make it writable; then `smartbuild attach`/);
      assert.ok(remount(logs, "rw"));
      const again = await run(["attach", "--plain"], { cwd: root });
      assert.equal(again.code, 130, "the build has been interrupted");
    });
  });

  void test("in a folder that cannot be written: said once while the stage goes on", async (t) => {
    if (process.geteuid?.() === 0) {
      t.skip("root may write everywhere");
      return;
    }
    const tree = treeFor(t, held);
    const { root } = tree;
    const gate = tree.gate("gate");
    assert.equal((await run(["run", "--detach", "src"], { cwd: root })).code, 0);
    await logged(root, "src.1.log", "waiting");
    const hostLog = join(newestBuild(root) ?? "", "host.log");
    await killHost(root);
    chmodSync(hostLog, 0o400);
    const attached = start(["attach", "--plain"], { cwd: root });
    let said = "";
    attached.child.stderr?.on("data", (text: string) => (said += text));
    await until("it is said", () => said.includes("the build's folder is not writable"));
    chmodSync(hostLog, 0o600);
    await openGate(gate);
    const ended = await attached.ended;
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal(ended.stderr.match(/No host runs/g)?.length, 1);
  });

  void test("on a full disk without reserve: why no host can run is said", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    const logs = join(root, "log/smartbuild");
    await withSmallDisk(t, logs, 8, async () => {
      const gate = tree.gate("gate");
      assert.equal((await run(["run", "--detach", "src"], { cwd: root })).code, 0);
      await logged(root, "src.1.log", "waiting");
      await killHost(root);
      rmSync(join(newestBuild(root) ?? "", "reserve"));
      const filler = fillDisk(logs);
      const attached = start(["attach", "--plain"], { cwd: root });
      let said = "";
      attached.child.stderr?.on("data", (text: string) => (said += text));
      await until("it is said", () => said.includes(`the disk at ${logs} is full (`));
      const stop = await run(["stop"], { cwd: root });
      assert.equal(stop.code, 73, stop.stderr);
      assert.match(stop.stderr, /The stop cannot be handed to the build's host: the disk at /);
      assert.match(stop.stderr, /Make room there, then smartbuild stop/);
      rmSync(filler);
      await openGate(gate);
      assert.equal((await attached.ended).code, 0);
    });
  });
});

void test("a build that cannot start on a full disk says which disk, and what to do", async (t) => {
  const tree = treeFor(t);
  const { root } = tree;
  const logs = join(root, "log/smartbuild");
  await withSmallDisk(t, logs, 4, async () => {
    const filler = fillDisk(logs);
    const refused = await run(["run", "--plain", "strap"], { cwd: root });
    assert.equal(refused.code, 73, refused.stderr);
    assert.ok(
      refused.stderr.startsWith(
        `smartbuild: The build cannot start: the disk at ${logs} is full (`,
      ),
      refused.stderr,
    );
    assert.match(refused.stderr, /Make room there, then smartbuild run/);
    rmSync(filler);
    assert.equal((await run(["run", "--plain", "strap"], { cwd: root })).code, 0);
  });
});
