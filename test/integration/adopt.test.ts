// Invariant: killing hosts never ends a stage, never starts a second one beside it, and never makes
// a success of what did not succeed.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  buildEnd,
  eventsOf,
  eventsOfType,
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

const held = { "0-livesrc-stamp": ["echo waiting", "read x < gate", "echo through"] };

async function killHost(root: string): Promise<void> {
  const pid = hostPid(root);
  process.kill(pid, "SIGKILL");
  await until("the host is dead", () => !isLive(pid));
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // Ended meanwhile.
  }
}

function hosts(root: string): number {
  return eventsOfType(root, "host-started").length;
}

function sourceLog(root: string): string {
  return readFileSync(join(newestBuild(root) ?? "", "src.1.log"), "utf8");
}

void describe("a killed host", { concurrency: 3 }, () => {
  void test("is replaced by the wrapper's last act", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    const gate = tree.gate("gate");
    assert.equal((await run(["run", "--detach"], { cwd: root })).code, 0);
    await logged(root, "src.1.log", "waiting");
    await killHost(root);
    await openGate(gate);
    const state = await buildEnd(root);
    assert.equal(state.state, "succeeded");
    assert.equal(hosts(root), 2);
    assert.equal(sourceLog(root), "waiting\nthrough\n");
    const ends = eventsOfType(root, "stage-ended").filter(({ stage }) => stage === "src");
    assert.equal(ends.length, 1);
    assert.equal(ends[0]?.leftovers, undefined, "what revives the host is no process of the stage");
    assert.deepEqual(
      eventsOf(root).map(({ seq }) => seq),
      eventsOf(root).map((_, index) => index + 1),
    );
    const plan = await run(["run", "--plain"], { cwd: root });
    assert.match(plan.stdout, /^Nothing to build/, "the success was recorded as any other");
  });

  void test("is replaced by the next command, and the stage is adopted", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    const gate = tree.gate("gate");
    assert.equal((await run(["run", "--detach"], { cwd: root })).code, 0);
    await logged(root, "src.1.log", "waiting");
    await killHost(root);
    const status = await run(["status", "--json"], { cwd: root });
    assert.equal(status.code, 0);
    assert.equal((JSON.parse(status.stdout) as { state: string }).state, "running");
    await until("a new host is there", () => hosts(root) === 2);
    assert.deepEqual(
      eventsOfType(root, "host-started").map(({ adopted }) => adopted),
      [false, true],
    );
    await openGate(gate);
    assert.equal((await buildEnd(root)).state, "succeeded");
    assert.equal(sourceLog(root), "waiting\nthrough\n");
    assert.equal(
      eventsOfType(root, "stage-started").filter(({ stage }) => stage === "src").length,
      1,
    );
  });

  void test("is replaced by the run that watches, which ends as if nothing had been", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    const gate = tree.gate("gate");
    const running = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "waiting");
    await killHost(root);
    await until("a new host is there", () => hosts(root) === 2);
    await openGate(gate);
    const ended = await running.ended;
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stdout, /a new host has taken over/);
    assert.match(ended.stdout, /the lock of a dead host \(process \d+\) was taken over/);
  });

  void test("is replaced by another run, which is refused while the stage runs", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    const gate = tree.gate("gate");
    assert.equal((await run(["run", "--detach"], { cwd: root })).code, 0);
    await logged(root, "src.1.log", "waiting");
    await killHost(root);
    const second = await run(["run", "--plain"], { cwd: root });
    assert.equal(second.code, 75, second.stdout);
    assert.match(newestBuild(root) ?? "", /\/0001-/, "no second build was started");
    await openGate(gate);
    assert.equal((await buildEnd(root)).state, "succeeded");
  });

  void test("obeys a stop sent while it was dead", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    tree.gate("gate");
    const running = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "waiting");
    await killHost(root);
    running.child.kill("SIGINT");
    assert.equal((await running.ended).code, 130);
    assert.equal(stateOf(root).state, "interrupted");
    await until("nothing is left", () => processesWith(`${root}/log/smartbuild`).length === 0, 5);
  });

  void test("and its stage: interrupted, and the next run completes", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    const gate = tree.gate("gate");
    assert.equal((await run(["run", "--detach"], { cwd: root })).code, 0);
    await logged(root, "src.1.log", "waiting");
    const session = eventsOfType(root, "stage-process").at(-1)?.wrapper.pid ?? 0;
    await killHost(root);
    const ofBuild = `${root}/log/smartbuild`;
    assert.ok(processesWith(ofBuild).includes(session));
    // The wrapper first, or its last act would be a new host.
    process.kill(session, "SIGKILL");
    // make may start another shell meanwhile, which would take what is said at the gate.
    await until("all are dead", () => {
      const left = processesWith(ofBuild);
      for (const pid of left) killIfThere(pid);
      return left.length === 0;
    });
    const again = start(["run", "--plain"], { cwd: root });
    await openGate(gate);
    const ended = await again.ended;
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    const first = await run(["status", "--json", "--build", "0001"], { cwd: root });
    assert.equal(first.code, 65, "a build is named by its whole name");
    const old = eventsOfOldest(root);
    const end = old.find(({ type, stage }) => type === "stage-ended" && stage === "src");
    assert.equal(end?.outcome, "interrupted");
    assert.match(end.reason ?? "", /without leaving a status/);
    assert.equal(old.at(-1)?.outcome, "interrupted");
    assert.equal(stateOf(root).state, "succeeded");
  });

  void test("while only the wrapper is dead: the stage runs as long as its session does", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    const gate = tree.gate("gate");
    assert.equal((await run(["run", "--detach"], { cwd: root })).code, 0);
    await logged(root, "src.1.log", "waiting");
    const wrapper = eventsOfType(root, "stage-process").at(-1)?.wrapper.pid ?? 0;
    await killHost(root);
    process.kill(wrapper, "SIGKILL");
    await until("the wrapper is dead", () => !isLive(wrapper));
    const status = await run(["status", "--json"], { cwd: root });
    assert.match(status.stdout, /"name":"src",[^}]*"state":"running"/);
    await until("a new host is there", () => hosts(root) === 2);
    const refused = await run(["run", "--plain"], { cwd: root });
    assert.equal(refused.code, 75);
    await openGate(gate);
    const state = await buildEnd(root);
    assert.equal(state.state, "interrupted", "nobody knows how it ended");
    assert.equal(sourceLog(root), "waiting\nthrough\n");
  });

  void test("three times within a minute: it is given up, and said", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    const gate = tree.gate("gate");
    const running = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "waiting");
    for (const count of [1, 2, 3]) {
      await until(`host ${count} is there`, () => hosts(root) === count);
      await killHost(root);
    }
    const ended = await running.ended;
    assert.equal(ended.code, 70);
    assert.match(ended.stderr, /died three times within a minute/);
    const refused = await run(["run", "--plain"], { cwd: root });
    assert.equal(refused.code, 75, "the stage still runs");
    assert.equal(hosts(root), 3);
    await openGate(gate);
  });

  void test("loses no step that a further log shows", async (t) => {
    const banner = (name: string): string => `printf '\\n==== ${name} ====\\n\\n' >> "$LOG"`;
    const tree = treeFor(t, {
      "0-illumos-stamp": [
        "mkdir -p proto projects/illumos/log; date -u +%Y%m%dT%H%M%SZ > proto/buildstamp",
        `LOG=projects/illumos/log/nightly.log; rm -f $LOG; ${banner("First")}; ${banner("Second")}; echo waiting; read x < gate; ${banner("Third")}; ${banner("Fourth")}`,
      ],
    });
    const { root } = tree;
    tree.write("projects/illumos/log/nightly.log", "\n==== Of an earlier run ====\n\n");
    const gate = tree.gate("gate");
    const steps = (): string[] =>
      eventsOfType(root, "step").flatMap(({ stage, step }) =>
        stage === "illumos" ? [`${step.index ?? 0} ${step.name}`] : [],
      );
    assert.equal((await run(["run", "--detach", "illumos"], { cwd: root })).code, 0);
    await until("the second step is told", () => steps().length === 2);
    await killHost(root);
    await run(["status"], { cwd: root });
    await until("a new host is there", () => hosts(root) === 2);
    await openGate(gate);
    assert.equal((await buildEnd(root)).state, "succeeded");
    assert.deepEqual(steps(), ["1 First", "2 Second", "3 Third", "4 Fourth"]);
  });

  void test("leaves the summary out of the way: it is only a cache", async (t) => {
    const { root } = treeFor(t);
    assert.equal((await run(["run", "--plain", "strap"], { cwd: root })).code, 0);
    const before = await run(["status", "--json"], { cwd: root });
    rmSync(join(newestBuild(root) ?? "", "summary.json"));
    assert.equal((await run(["status", "--json"], { cwd: root })).stdout, before.stdout);
  });
});

interface LooseEvent {
  readonly type: string;
  readonly stage?: string;
  readonly outcome?: string;
  readonly reason?: string;
}

function eventsOfOldest(root: string): LooseEvent[] {
  const newest = newestBuild(root) ?? "";
  assert.match(newest, /\/0002-/);
  const folder = readdirSync(join(root, "log/smartbuild")).find((name) => name.startsWith("0001-"));
  return readFileSync(join(root, "log/smartbuild", folder ?? "", "journal.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as LooseEvent);
}
