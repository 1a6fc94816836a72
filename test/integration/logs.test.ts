// Invariant: logs prints what the stage wrote, byte for byte, and with -f until the stage ends.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  logged,
  newestBuild,
  openGate,
  plainEnvironment,
  program,
  run,
  start,
  treeFor,
  until,
} from "../support/smartbuild.ts";

void test("logs copies bytes that are no text, long lines and a last line without newline", async (t) => {
  const wild = [
    "printf 'a\\377\\033[1mb\\n'",
    "head -c 200000 /dev/zero | tr '\\0' x",
    "printf end",
  ];
  const { root } = treeFor(t, { "0-livesrc-stamp": wild });
  assert.equal((await run(["run", "--plain", "src"], { cwd: root })).code, 0);
  const log = readFileSync(join(newestBuild(root) ?? "", "src.1.log"));
  assert.equal(log.length, 7 + 1 + 200_003);
  for (const args of [
    ["logs", "src"],
    ["logs", "-f", "src"],
    ["logs", "src", "--attempt", "1"],
  ]) {
    const { stdout, status } = spawnSync(process.execPath, [program, ...args], {
      cwd: root,
      env: plainEnvironment(),
      maxBuffer: 1 << 20,
    });
    assert.equal(status, 0);
    assert.ok(stdout.equals(log), args.join(" "));
  }
});

void test("logs -f goes on until the stage ends", async (t) => {
  const tree = treeFor(t, { "0-livesrc-stamp": ["echo one", "read x < gate", "echo two"] });
  const { root } = tree;
  const gate = tree.gate("gate");
  assert.equal((await run(["run", "--detach"], { cwd: root })).code, 0);
  const early = start(["logs", "-f", "tools"], { cwd: root });
  const following = start(["logs", "-f", "src"], { cwd: root });
  await until("the first line is shown", () => following.output() === "one\n");
  await openGate(gate);
  const ended = await following.ended;
  assert.deepEqual([ended.code, ended.stdout], [0, "one\ntwo\n"]);
  assert.equal((await early.ended).stdout, "tools\n", "a stage that has not begun is waited for");
});

void test("logs names what there is instead of what there is not", async (t) => {
  const { root } = treeFor(t, { "0-livesrc-stamp": ["exit 1"] });
  const none = await run(["logs", "src"], { cwd: root });
  assert.equal(none.code, 65);
  await run(["run", "--plain"], { cwd: root });
  const unknown = await run(["logs", "nosuch"], { cwd: root });
  assert.equal(unknown.code, 64);
  assert.match(unknown.stderr, /Which stage\?.*configure, strap, illumos/);
  const skipped = await run(["logs", "live"], { cwd: root });
  assert.equal(skipped.code, 65);
  assert.match(skipped.stderr, /skipped: src failed/);
  const attempt = await run(["logs", "src", "--attempt", "9"], { cwd: root });
  assert.equal(attempt.code, 65);
  const build = await run(["logs", "src", "--build", "nosuch"], { cwd: root });
  assert.equal(build.code, 65);
  assert.match(build.stderr, /There is no build nosuch/);
});

void test("a reader that has seen enough is no error", async (t) => {
  const lots = ["for i in $(seq 100000); do echo line $i; done"];
  const tree = treeFor(t, { "0-livesrc-stamp": [...lots, "read x < gate"] });
  const { root } = tree;
  const gate = tree.gate("gate");
  assert.equal((await run(["run", "--detach", "src"], { cwd: root })).code, 0);
  await logged(root, "src.1.log", "line 100000");
  for (const args of ["logs src", "logs -f src", "plan", "status", "status --json"]) {
    const script = `"$0" "$1" ${args} 2>err | head -c 1 >/dev/null; cat err`;
    const shell = spawn("sh", ["-c", script, process.execPath, program], {
      cwd: root,
      env: plainEnvironment(),
    });
    let said = "";
    shell.stdout.on("data", (text: Buffer) => (said += text.toString()));
    await once(shell, "close");
    assert.equal(said, "", args);
  }
  await openGate(gate);
});
