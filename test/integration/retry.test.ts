// Invariant: a retry keeps what was there: earlier attempts, their logs, and all finished stages.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  eventsOfType,
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
} from "../support/smartbuild.ts";

const needsCause = { "0-livesrc-stamp": ["echo trying", "test -e mended"] };

void test("a retry after the cause is gone goes on where the build stopped", async (t) => {
  const { root } = treeFor(t, needsCause);
  assert.equal((await run(["run", "--plain"], { cwd: root })).code, 2);
  const stamps = ["0-extra-stamp", "0-illumos-stamp", "1-extra-stamp"];
  const times = (): number[] => stamps.map((name) => statSync(join(root, name)).mtimeMs);
  const before = times();
  const folder = newestBuild(root) ?? "";
  const firstLog = readFileSync(join(folder, "src.1.log"));
  const still = await run(["retry", "src", "--plain"], { cwd: root });
  assert.equal(still.code, 2, "the cause is still there");
  writeFileSync(join(root, "mended"), "");
  const mended = await run(["retry", "src", "--plain"], { cwd: root });
  assert.equal(mended.code, 0, mended.stdout + mended.stderr);
  assert.equal(newestBuild(root), folder, "the same build");
  const state = stateOf(root);
  assert.equal(state.state, "succeeded");
  assert.deepEqual(
    state.stages.find(({ name }) => name === "src")?.attempts.map((one) => [one.state, one.log]),
    [
      ["failed", "src.1.log"],
      ["failed", "src.2.log"],
      ["succeeded", "src.3.log"],
    ],
  );
  assert.ok(readFileSync(join(folder, "src.1.log")).equals(firstLog));
  assert.deepEqual(times(), before);
  assert.deepEqual(state.problems, [], "problems of earlier attempts are over");
  assert.ok(state.stages.every(({ state: at }) => at === "succeeded"));
  const events = eventsOfType(root, "stage-started").map(({ stage }) => stage);
  assert.equal(events.filter((name) => name === "strap").length, 1);
  const old = await run(["logs", "src", "--attempt", "1"], { cwd: root });
  assert.equal(old.stdout, firstLog.toString());
  assert.match((await run(["run", "--plain"], { cwd: root })).stdout, /^Nothing to build/);
});

void test("a retry of a stage that make would find done really runs it", async (t) => {
  const { root } = treeFor(t, { "0-tools-stamp": ["echo run >> tools-runs"] });
  assert.equal((await run(["run", "--plain"], { cwd: root })).code, 0);
  const again = await run(["retry", "tools", "--plain"], { cwd: root });
  assert.equal(again.code, 0);
  assert.match(again.stdout, /What came after tools is older than it now: smartbuild plan\n$/);
  assert.equal(readFileSync(join(root, "tools-runs"), "utf8"), "run\nrun\n");
  assert.deepEqual(eventsOfType(root, "stage-started").at(-1)?.removed, ["0-tools-stamp"]);
});

void test("a stage that succeeded runs again on request, though another one failed", async (t) => {
  const { root } = treeFor(t, {
    ...needsCause,
    "0-extra-stamp": ["echo run >> strap-runs", "mkdir -p proto.strap"],
  });
  assert.equal((await run(["run", "--plain"], { cwd: root })).code, 2);
  const folder = newestBuild(root) ?? "";
  const firstLog = readFileSync(join(folder, "strap.1.log"));
  const again = await run(["retry", "strap", "--plain"], { cwd: root });
  assert.equal(again.code, 2, "src is still lost");
  assert.match(again.stdout, /strap started \(attempt 2\)/);
  assert.doesNotMatch(again.stdout, /taken over/);
  assert.equal(readFileSync(join(root, "strap-runs"), "utf8"), "run\nrun\n");
  assert.ok(readFileSync(join(folder, "strap.1.log")).equals(firstLog));
  const state = stateOf(root);
  const strap = state.stages.find(({ name }) => name === "strap");
  assert.deepEqual(
    [strap?.state, strap?.attempts.map((one) => one.state)],
    ["succeeded", ["succeeded", "succeeded"]],
  );
  assert.equal(state.problems[0]?.stage, "src", "what is wrong elsewhere is still told");
  const skipped = eventsOfType(root, "stage-skipped").map(({ stage }) => stage);
  assert.equal(skipped.filter((name) => name === "live").length, 1, "given up once");
  const plan = await run(["plan"], { cwd: root });
  assert.match(plan.stdout, /illumos +build: .* older than strap/);
  assert.match(plan.stdout, /strap +up to date/);
});

void test("a stage that a failed one holds up is not run again, and the way is told", async (t) => {
  const { root } = treeFor(t, needsCause);
  assert.equal((await run(["run", "--plain"], { cwd: root })).code, 2);
  const before = stateOf(root);
  const refused = await run(["retry", "live", "--plain"], { cwd: root });
  assert.equal(refused.code, 65, refused.stdout);
  assert.match(
    refused.stderr,
    /live is not run again: it needs src, which failed; first: smartbuild retry src/,
  );
  assert.deepEqual(stateOf(root).stages, before.stages);
});

void test("a component runs again each time it is named, whatever came of other builds", async (t) => {
  const { root } = treeFor(t, needsCause);
  assert.equal((await run(["run", "--plain"], { cwd: root })).code, 2);
  for (const number of [1, 2]) {
    const built = await run(["run", "extra/curl", "--plain"], { cwd: root });
    assert.equal(built.code, 0, built.stdout + built.stderr);
    const events = eventsOfType(root, "stage-started").map(({ stage }) => stage);
    assert.deepEqual(events, ["extra/curl"], `time ${number}`);
  }
});

void test("a retry of a build whose host was killed is taken by its new host", async (t) => {
  const tree = treeFor(t, {
    "0-livesrc-stamp": ["test -e mended"],
    "0-man-stamp": ["echo waiting", "read x < gate", "mkdir -p man/man"],
  });
  const { root } = tree;
  const gate = tree.gate("gate");
  assert.equal((await run(["run", "--detach", "--keep-going"], { cwd: root })).code, 0);
  await logged(root, "man.1.log", "waiting");
  const pid = hostPid(root);
  process.kill(pid, "SIGKILL");
  await until("the host is dead", () => !isLive(pid));
  tree.write("mended", "");
  const retrying = start(["retry", "src", "--plain"], { cwd: root });
  await until("the retry is taken", () => eventsOfType(root, "command-taken").length === 1);
  await openGate(gate);
  const ended = await retrying.ended;
  assert.equal(ended.code, 0, ended.stdout + ended.stderr);
  assert.equal(stateOf(root).state, "succeeded");
  assert.deepEqual(readdirSync(join(newestBuild(root) ?? "", "commands")), []);
});

void test("a retry is refused where it makes no sense", async (t) => {
  const { root } = treeFor(t, { "0-illumos-stamp": ["exit 1"] });
  assert.equal((await run(["retry", "src"], { cwd: root })).code, 65, "nothing was built yet");
  await run(["run", "--plain"], { cwd: root });
  const unknown = await run(["retry", "nosuch"], { cwd: root });
  assert.equal(unknown.code, 64);
  assert.match(unknown.stderr, /Which stage\?/);
  assert.equal((await run(["retry"], { cwd: root })).code, 64);
});

void test("a stage that cannot be started fails with the reason", async (t) => {
  const { root } = treeFor(t);
  rmSync(join(root, "projects/illumos-extra/libz"), { recursive: true, force: true });
  const built = await run(["run", "--plain", "extra/libz"], { cwd: root });
  assert.equal(built.code, 2, built.stdout);
  assert.match(built.stdout, /To go on from here: smartbuild run extra\/libz\n$/);
  const end = eventsOfType(root, "stage-ended").find(({ stage }) => stage === "extra/libz");
  assert.equal(end?.outcome, "failed");
  assert.match(end.reason ?? "", /projects\/illumos-extra\/libz/);
});
