// Invariant: a host that dies, or ends, at the worst moment costs neither a build nor a command.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { systemClock } from "../../src/engine/clock.ts";
import { takeLock } from "../../src/engine/host/lock.ts";
import { ensureHost } from "../../src/engine/host/start-host.ts";
import { JournalWriter } from "../../src/engine/journal/writer.ts";
import { processTable } from "../../src/engine/process/system-processes.ts";
import type { TinyTree } from "../support/tiny-tree.ts";
import {
  buildEnd,
  eventsOfType,
  hostPid,
  isLive,
  logged,
  newestBuild,
  openGate,
  program,
  run,
  start,
  stateOf,
  treeFor,
  until,
} from "../support/smartbuild.ts";

const held = { "0-livesrc-stamp": ["echo waiting", "read x < gate", "echo through"] };

/** A smartbuild whose first `deaths` hosts are killed before they say a word. */
function mortal(tree: TinyTree, deaths: number): string {
  const ways = Array.from({ length: deaths }, (_, index) => `mkdir died.${index} 2>/dev/null`);
  tree.write(
    "mortal",
    `#!/bin/sh\nif ${[...ways, "false"].join(" || ")}; then kill -9 $$; fi\n` +
      `exec '${process.execPath}' '${program}' "$@"\n`,
    0o755,
  );
  return join(tree.root, "mortal");
}

async function buildWithoutHost(tree: TinyTree): Promise<string> {
  assert.equal((await run(["run", "--detach", "src"], { cwd: tree.root })).code, 0);
  await logged(tree.root, "src.1.log", "waiting");
  const pid = hostPid(tree.root);
  process.kill(pid, "SIGKILL");
  await until("the host is dead", () => !isLive(pid));
  return newestBuild(tree.root) ?? "";
}

void describe("a host", { concurrency: 3 }, () => {
  for (const [deaths, expected] of [
    [2, "started"],
    [3, "given-up"],
  ] as const) {
    void test(`that dies ${deaths} times before its greeting: ${expected}`, async (t) => {
      const tree = treeFor(t, held);
      const gate = tree.gate("gate");
      const folder = await buildWithoutHost(tree);
      const now = new Date(Date.now() + 3_600_000);
      const argv = [mortal(tree, deaths)];
      const table = processTable();
      const check = await ensureHost(argv, folder, stateOf(tree.root), table, now);
      assert.equal(check.host, expected);
      await openGate(gate);
      assert.equal((await buildEnd(tree.root)).state, "succeeded");
    });
  }

  void test("is not given up for deaths that a clock set back has put into the future", async (t) => {
    const tree = treeFor(t, held);
    const gate = tree.gate("gate");
    const folder = await buildWithoutHost(tree);
    const state = stateOf(tree.root);
    const hosts = [1, 2, 3].flatMap(() => state.hosts);
    const past = new Date(Date.now() - 3_600_000);
    const argv = [process.execPath, program];
    const table = processTable();
    const check = await ensureHost(argv, folder, { ...state, hosts }, table, past);
    assert.equal(check.host, "started");
    await openGate(gate);
    assert.equal((await buildEnd(tree.root)).state, "succeeded");
  });

  void test("ended by TERM is replaced like one that was killed", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    const gate = tree.gate("gate");
    const running = start(["run", "--plain", "src"], { cwd: root });
    await logged(root, "src.1.log", "waiting");
    const pid = hostPid(root);
    process.kill(pid, "SIGTERM");
    await until("a new host is there", () => eventsOfType(root, "host-started").length === 2);
    assert.ok(!isLive(pid));
    await openGate(gate);
    assert.equal((await running.ended).code, 0);
    assert.equal(stateOf(root).stopping, undefined, "TERM to the host is no wish to stop");
  });

  void test("at its last acts: a retry waits for the next one", async (t) => {
    const tree = treeFor(t);
    const { root } = tree;
    assert.equal((await run(["run", "--plain", "strap"], { cwd: root })).code, 0);
    const folder = newestBuild(root) ?? "";
    const ending = spawn("sleep", ["600"], { stdio: "ignore" });
    t.after(() => ending.kill("SIGKILL"));
    const table = processTable();
    const host = await until("it is there", () => table.find(ending.pid ?? 0));
    const { pid, start: began, boot } = host;
    const self = { pid, start: began, boot };
    const lock = takeLock(join(root, "log/smartbuild"), self, table);
    assert.ok("release" in lock);
    const journal = new JournalWriter(folder, stateOf(root).lastSeq, systemClock);
    journal.write({ type: "host-started", host: self, lock: lock.number, adopted: true });
    journal.close(false);
    const retrying = start(["retry", "strap", "--plain"], { cwd: root });
    await until("the retry is sent", () => readdirSync(join(folder, "commands")).length > 0);
    await new Promise((resolve) => setTimeout(resolve, 700));
    lock.release();
    const ended = await retrying.ended;
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal(stateOf(root).stages.find(({ name }) => name === "strap")?.attempts.length, 2);
  });

  void test("follows a stage to its end that the tree no longer has", async (t) => {
    const tree = treeFor(t);
    const { root } = tree;
    tree.write(
      "projects/illumos-extra/curl/Makefile",
      "all install clean:\n\t@test -e waited || { touch waited; echo waiting; read x < ../../../gate; }\n",
    );
    const gate = tree.gate("gate");
    assert.equal((await run(["run", "--detach", "extra/curl"], { cwd: root })).code, 0);
    await logged(root, "extra+curl.1.log", "waiting");
    const pid = hostPid(root);
    process.kill(pid, "SIGKILL");
    await until("the host is dead", () => !isLive(pid));
    tree.write("projects/illumos-extra/Makefile", "SUBDIRS = libz\n");
    await run(["status"], { cwd: root });
    await until("a new host is there", () => eventsOfType(root, "host-started").length === 2);
    await openGate(gate);
    const state = await buildEnd(root);
    assert.equal(state.stages.find(({ name }) => name === "extra/curl")?.state, "succeeded");
    assert.equal(state.state, "succeeded");
  });

  void test("that adopts a retry knows what it was built from", async (t) => {
    const tree = treeFor(t, {
      "0-livesrc-stamp": ["test -e mended", "echo waiting", "read x < gate"],
    });
    const { root } = tree;
    const gate = tree.gate("gate");
    assert.equal((await run(["run", "--plain", "src"], { cwd: root })).code, 2);
    tree.write("mended", "");
    const retrying = start(["retry", "src", "--plain"], { cwd: root });
    await logged(root, "src.2.log", "waiting");
    process.kill(hostPid(root), "SIGKILL");
    await until("a new host is there", () => eventsOfType(root, "host-started").length === 3);
    await openGate(gate);
    assert.equal((await retrying.ended).code, 0);
    const end = eventsOfType(root, "stage-ended").at(-1);
    assert.notEqual(end?.fingerprint, undefined);
  });
});
