// Invariant: a build belongs to its host, not to whatever watches it; a workspace has one at most.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import {
  buildEnd,
  eventsOf,
  hostPid,
  isLive,
  logged,
  newestBuild,
  openGate,
  run,
  start,
  stateOf,
  treeFor,
  until,
  type Started,
} from "../support/smartbuild.ts";

const held = { "0-livesrc-stamp": ["echo waiting", "read x < gate", "echo through"] };

/** Ways to lose the command that watches a build. */
const losses: readonly { how: string; code: number | null; lose: (started: Started) => void }[] = [
  { how: "HUP", code: 129, lose: ({ child }) => child.kill("SIGHUP") },
  { how: "kill -9", code: null, lose: ({ child }) => child.kill("SIGKILL") },
  { how: "a closed pipe", code: 141, lose: ({ child }) => child.stdout?.destroy() },
];

void describe("watchers", { concurrency: 3 }, () => {
  for (const { how, code, lose } of losses) {
    void test(`${how} of run leaves the build running, and attach shows it whole`, async (t) => {
      const tree = treeFor(t, held);
      const { root } = tree;
      const gate = tree.gate("gate");
      const running = start(["run", "--plain"], { cwd: root });
      await logged(root, "src.1.log", "waiting");
      lose(running);
      // A closed pipe is noticed at the next line.
      if (code !== 141) assert.equal((await running.ended).code, code);
      assert.ok(isLive(hostPid(root)));
      const attached = start(["attach", "--json"], { cwd: root });
      await until("attach shows the running stage", () =>
        attached.output().includes('"stage":"src","attempt":1'),
      );
      await openGate(gate);
      const shown = await attached.ended;
      assert.equal(shown.code, 0);
      if (code === 141) assert.equal((await running.ended).code, code);
      assert.equal(stateOf(root).state, "succeeded");
      const lines = shown.stdout.trimEnd().split("\n");
      assert.deepEqual(
        lines.map((line) => JSON.parse(line) as unknown),
        eventsOf(root),
        "attach shows every event from the first",
      );
      const ended = await run(["attach", "--plain"], { cwd: root });
      assert.equal(ended.code, 0);
      assert.match(ended.stdout, /strap started[\s\S]*live succeeded[\s\S]*Build 0001/);
    });
  }

  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    void test(`${signal} to attach ends the watching alone`, async (t) => {
      const tree = treeFor(t, held);
      const { root } = tree;
      const gate = tree.gate("gate");
      assert.equal((await run(["run", "--detach", "src"], { cwd: root })).code, 0);
      const attached = start(["attach", "--plain"], { cwd: root });
      await until("it shows the stage", () => attached.output().includes("src started"));
      attached.child.kill(signal);
      assert.equal((await attached.ended).code, code);
      assert.equal(stateOf(root).stopping, undefined);
      await openGate(gate);
      assert.equal((await buildEnd(root)).state, "succeeded");
    });
  }

  void test("a second run in the workspace is refused with 75", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    const gate = tree.gate("gate");
    const first = start(["run", "--plain"], { cwd: root });
    await logged(root, "src.1.log", "waiting");
    const second = await run(["run", "--plain"], { cwd: root });
    assert.equal(second.code, 75);
    assert.match(second.stderr, /A build is running in this workspace already \(host process \d+/);
    assert.match(second.stderr, /smartbuild attach/);
    await openGate(gate);
    assert.equal((await first.ended).code, 0);
    assert.equal(
      readdirSync(join(root, "log/smartbuild")).filter((name) => /^\d/.test(name)).length,
      1,
    );
    assert.ok(!readdirSync(join(root, "log/smartbuild")).some((name) => name.startsWith(".new-")));
  });

  void test("of runs at the same moment one builds, the others are refused", async (t) => {
    const tree = treeFor(t, held);
    const { root } = tree;
    const gate = tree.gate("gate");
    const started = [1, 2, 3, 4].map(() => start(["run", "--plain"], { cwd: root }));
    await logged(root, "src.1.log", "waiting");
    const codes: (number | null)[] = [];
    for (const one of started) void one.ended.then(({ code }) => codes.push(code));
    await until("the others have ended", () => codes.length === 3);
    assert.deepEqual(codes, [75, 75, 75]);
    await openGate(gate);
    await until("the build has ended", () => codes.length === 4);
    assert.equal(codes.at(-1), 0);
    assert.deepEqual(
      readdirSync(join(root, "log/smartbuild")).filter((name) => !/^\d/.test(name)),
      [],
      "neither locks nor requests are left",
    );
  });

  void test("a build's secrets are its owner's: environment and commands", async (t) => {
    const { root } = treeFor(t);
    const env = { HUDSON_SERVER_COOKIE: "sesame", npm_config_x: "y", MANTA_KEY_ID: "sesame" };
    assert.equal((await run(["run", "--plain", "strap"], { cwd: root, env })).code, 0);
    const folder = newestBuild(root) ?? "";
    assert.equal(statSync(join(folder, "environment.json")).mode & 0o777, 0o600);
    assert.equal(statSync(join(folder, "commands")).mode & 0o777, 0o700);
    for (const name of readdirSync(folder, { withFileTypes: true })) {
      if (!name.isFile() || name.name === "environment.json") continue;
      assert.ok(!readFileSync(join(folder, name.name), "latin1").includes("sesame"), name.name);
    }
  });

  void test("the umask of the asking command is the stages'", async (t) => {
    const { root } = treeFor(t, { "0-livesrc-stamp": ["umask", "touch made"] });
    const before = process.umask(0o027);
    const started = start(["run", "--plain", "src"], { cwd: root });
    process.umask(before);
    assert.equal((await started.ended).code, 0);
    assert.equal(statSync(join(root, "made")).mode & 0o777, 0o640);
    assert.equal((await buildEnd(root)).umask, 0o027);
  });
});
