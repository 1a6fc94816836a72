// Invariant: a stop ends every process of the running stage, and the build says it was stopped.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  buildEnd,
  eventsOfType,
  isLive,
  logged,
  newestBuild,
  processesWith,
  run,
  start,
  stateOf,
  treeFor,
  until,
} from "../support/smartbuild.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Pids that a recipe has printed as `NAME=PID`. */
function printedPids(root: string, log: string): number[] {
  const text = readFileSync(join(newestBuild(root) ?? "", log), "utf8");
  return [...text.matchAll(/^\w+=(\d+)$/gm)].map(([, pid]) => Number(pid));
}

const sleeping = ['echo "recipe=$$"', "echo ready", "sleep 600"];

void describe("stop", { concurrency: 3 }, () => {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    void test(`${signal} to run stops the build: ${code}, and nothing is left`, async (t) => {
      const { root } = treeFor(t, { "0-livesrc-stamp": sleeping });
      const running = start(["run", "--plain"], { cwd: root });
      await logged(root, "src.1.log", "ready");
      running.child.kill(signal);
      running.child.kill(signal);
      const ended = await running.ended;
      assert.equal(ended.code, code, ended.stdout + ended.stderr);
      assert.doesNotMatch(ended.stdout, /refused/);
      assert.match(ended.stdout, /src interrupted .*stopped on request/);
      const state = stateOf(root);
      assert.equal(state.state, "interrupted");
      assert.equal(state.exitCode, code);
      assert.equal(state.stages.find(({ name }) => name === "src")?.state, "interrupted");
      await until("the host has ended", () => processesWith(`${root}/`).length === 0, 5);
    });
  }

  void test("children in groups of their own are ended too", async (t) => {
    const { root } = treeFor(t, {
      "0-livesrc-stamp": [
        'set -m; sleep 600 & echo "child=$$!"; (trap "" HUP; exec sleep 601) & echo "other=$$!"; echo ready; wait',
      ].map((line) => line.replaceAll("$$!", "$!")),
    });
    const running = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "ready");
    const pids = printedPids(root, "src.1.log");
    assert.equal(pids.length, 2);
    assert.ok(pids.every(isLive));
    const stopped = await run(["stop"], { cwd: root });
    assert.equal(stopped.code, 0, stopped.stderr);
    assert.match(stopped.stdout, /^The build \S+ was stopped\.$/m);
    assert.ok(!pids.some(isLive));
    assert.equal((await running.ended).code, 143);
  });

  void test("a script whose output goes through tee can still clean up", async (t) => {
    // As tools/build_live of 2012: bash says `Terminated` into the pipe before it runs the trap.
    const tree = treeFor(t, { "0-livesrc-stamp": ["tools/piped"] });
    const { root } = tree;
    const lines = [
      "#!/bin/bash",
      "exec > >(tee piped.log) 2>&1",
      'trap "sleep 0.2; echo cleaned >cleaned" EXIT',
      "echo ready",
      "sleep 600",
      "sleep 600",
    ];
    tree.write("tools/piped", `${lines.join("\n")}\n`, 0o755);
    const running = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "ready");
    const stopped = await run(["stop"], { cwd: root });
    assert.equal(stopped.code, 0, stopped.stderr);
    assert.equal((await running.ended).code, 143);
    assert.equal(readFileSync(join(root, "cleaned"), "utf8"), "cleaned\n");
    await until("nothing is left", () => processesWith(`${root}/`).length === 0);
  });

  void test("what ignores TERM is killed after the grace period", async (t) => {
    const { root } = treeFor(t, {
      "0-livesrc-stamp": [
        'trap "" TERM INT; echo "recipe=$$"; echo ready; for i in $(seq 6000); do sleep 0.1; done',
      ],
    });
    const running = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "ready");
    const began = performance.now();
    running.child.kill("SIGTERM");
    assert.equal((await running.ended).code, 143);
    const seconds = (performance.now() - began) / 1000;
    t.diagnostic(`killed after ${seconds.toFixed(1)} s; the grace period is 10 s`);
    assert.ok(seconds >= 10 && seconds < 15, `${seconds} s`);
    assert.ok(!printedPids(root, "src.1.log").some(isLive));
    assert.equal(eventsOfType(root, "stage-ended").at(-1)?.leftovers, undefined);
  });

  void test("what has left the session is named, not ended", async (t) => {
    const { root } = treeFor(t, {
      "0-livesrc-stamp": ['setsid sleep 602 & echo "left=$!"; echo ready; sleep 600'],
    });
    const running = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "ready");
    await until("sleep has its own session", () => processesWith("602").length > 0);
    running.child.kill("SIGINT");
    const ended = await running.ended;
    const [pid = 0] = printedPids(root, "src.1.log");
    assert.ok(isLive(pid));
    const named = `sleep (${pid})`;
    assert.deepEqual(eventsOfType(root, "stage-ended").at(-1)?.leftovers, [named]);
    assert.ok(ended.stdout.includes(`still running: ${named}`));
    process.kill(pid, "SIGKILL");
  });

  void test("a second stop changes nothing, and stop without a build says so", async (t) => {
    const { root } = treeFor(t, { "0-livesrc-stamp": sleeping });
    const none = await run(["stop"], { cwd: root });
    assert.equal(none.code, 65);
    assert.match(none.stderr, /Nothing has been built/);
    const running = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "ready");
    const both = await Promise.all([run(["stop"], { cwd: root }), run(["stop"], { cwd: root })]);
    assert.deepEqual(
      both.map(({ code }) => code),
      [0, 0],
    );
    assert.equal((await running.ended).code, 143);
    assert.equal(eventsOfType(root, "stopping").length, 1);
    const late = await run(["stop"], { cwd: root });
    assert.equal(late.code, 0);
    assert.match(late.stdout, /^No build is running/);
    const next = await run(["run", "--plain", "strap"], { cwd: root });
    assert.equal(next.code, 0, "a stopped build does not keep the next one from starting");
  });

  void test("a stop of a background build is obeyed by its host alone", async (t) => {
    const { root } = treeFor(t, { "0-livesrc-stamp": sleeping });
    assert.equal((await run(["run", "--detach"], { cwd: root })).code, 0);
    await logged(root, "src.1.log", "ready");
    assert.equal((await run(["stop"], { cwd: root })).code, 0);
    const state = await buildEnd(root);
    assert.deepEqual([state.state, state.exitCode], ["interrupted", 143]);
    const taken = eventsOfType(root, "command-taken");
    assert.deepEqual(
      taken.map(({ command, refused }) => [command, refused]),
      [["stop", undefined]],
    );
  });
});
