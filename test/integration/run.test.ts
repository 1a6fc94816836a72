// Invariant: run does what its plan says, ends as make would, and the journal tells it all.
import assert from "node:assert/strict";
import { existsSync, lstatSync, readFileSync, symlinkSync, renameSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { JournalEvent } from "../../src/engine/journal/events.ts";
import { foldAll } from "../../src/engine/journal/fold.ts";
import {
  eventsOfType,
  newestBuild,
  openGate,
  run,
  stateOf,
  treeFor,
  until,
} from "../support/smartbuild.ts";

const worldOrder = ["strap", "illumos", "extra", "src", "local/kvm", "local"].concat([
  "tools",
  "man",
  "devpro",
]);

interface Status {
  readonly version: number;
  readonly build: string;
  readonly state: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly stages: readonly {
    readonly name: string;
    readonly state: string;
    readonly attempt: number;
    readonly startedAt: string | null;
    readonly endedAt: string | null;
    readonly exitCode: number | null;
    readonly step: { readonly name: string } | null;
  }[];
  readonly problems: readonly {
    readonly kind: string;
    readonly stage: string;
    readonly summary: string;
    readonly path?: string;
    readonly manifest?: string;
    readonly manifestLine?: number;
    readonly span?: { readonly log: string; readonly start: number; readonly end: number };
  }[];
}

async function status(root: string): Promise<Status> {
  const { code, stdout } = await run(["status", "--json"], { cwd: root });
  assert.equal(code, 0);
  return JSON.parse(stdout) as Status;
}

function stateByStage({ stages }: Status): Record<string, string> {
  return Object.fromEntries(stages.map(({ name, state }) => [name, state]));
}

void test("a build reaches an image, and the next run has nothing to do", async (t) => {
  const { root } = treeFor(t);
  const first = await run(["run", "--plain"], { cwd: root });
  assert.equal(first.code, 0, first.stdout + first.stderr);
  assert.equal(first.stderr, "");
  assert.match(first.stdout, /live succeeded/);
  assert.ok(lstatSync(join(root, "output/platform-latest.tgz")).isSymbolicLink());
  assert.ok(existsSync(join(root, "output/platform-latest/i86pc/kernel/amd64/unix")));
  const now = await status(root);
  assert.equal(now.version, 1);
  assert.equal(now.state, "succeeded");
  assert.ok(now.endedAt !== null && now.endedAt >= now.startedAt);
  assert.deepEqual(
    now.stages.map(({ name }) => name),
    ["configure", ...worldOrder, "manifest", "live"],
  );
  for (const stage of now.stages) {
    assert.equal(stage.state, "succeeded");
    assert.equal(stage.attempt, 1);
    assert.equal(stage.exitCode, 0);
  }
  assert.deepEqual(now.problems, []);

  const second = await run(["run", "--plain"], { cwd: root });
  assert.equal(second.code, 0);
  assert.match(second.stdout, /^Nothing to build: all 12 stages are up to date/);
  t.diagnostic(`run with nothing to do: ${second.ms} ms`);
  assert.ok(second.ms < 1000, `${second.ms} ms`);
  assert.equal((await status(root)).build, now.build, "no new build was made");
  const json = await run(["run", "--json"], { cwd: root });
  const said = JSON.parse(json.stdout) as { type: string; v: number; plan: unknown[] };
  assert.deepEqual([said.type, said.v, said.plan.length], ["nothing-to-build", 1, 12]);
});

void test("-j sets MAX_JOBS; make gets no -j at the top, wherever it comes from", async (t) => {
  const print = ['echo "flags=$MAKEFLAGS jobs=$MAX_JOBS"', 'tr "\\0" " " < /proc/$PPID/cmdline'];
  const { root } = treeFor(t, { "0-livesrc-stamp": print });
  const env = { MAKEFLAGS: "-j7", GNUMAKEFLAGS: "-j7", MFLAGS: "-j7" };
  const built = await run(["run", "--plain", "-j", "5", "src"], { cwd: root, env });
  assert.equal(built.code, 0, built.stdout);
  const { stdout } = await run(["logs", "src"], { cwd: root });
  assert.match(stdout, /jobs=5$/m);
  assert.doesNotMatch(stdout, /-j|jobserver/);
  for (const { argv } of eventsOfType(root, "stage-started")) {
    assert.ok(!argv.some((word) => word.startsWith("-j")), argv.join(" "));
  }
});

void test("a failing stage ends the build with make's code and names its line", async (t) => {
  const { root } = treeFor(t, {
    "0-livesrc-stamp": ["echo before", "echo 'foo.c:3:5: error: no such thing' >&2", "exit 7"],
  });
  const built = await run(["run", "--plain"], { cwd: root });
  assert.equal(built.code, 2, built.stdout);
  assert.match(built.stdout, /src failed/);
  assert.match(built.stdout, /foo\.c:3:5: error: no such thing/);
  const now = await status(root);
  assert.equal(now.state, "failed");
  const states = stateByStage(now);
  assert.equal(states["src"], "failed");
  assert.equal(states["extra"], "succeeded");
  assert.equal(states["tools"], "skipped");
  assert.equal(states["live"], "skipped");
  assert.equal(now.stages.find(({ name }) => name === "src")?.exitCode, 2);
  const problem = now.problems[0];
  assert.equal(problem?.stage, "src");
  assert.equal(problem.kind, "compile-error");
  assert.match(problem.summary, /foo\.c line 3 .*no such thing/);
  const { log, start, end } = problem.span ?? { log: "", start: 0, end: 0 };
  const folder = join(root, "log/smartbuild", now.build);
  assert.equal(
    readFileSync(join(folder, log)).subarray(start, end).toString(),
    "foo.c:3:5: error: no such thing\n",
  );
});

void test("--keep-going builds what does not need the failed stage", async (t) => {
  const { root } = treeFor(t, { "0-illumos-stamp": ["exit 1"] });
  const built = await run(["run", "--plain", "--keep-going"], { cwd: root });
  assert.equal(built.code, 2);
  assert.deepEqual(stateByStage(await status(root)), {
    configure: "succeeded",
    strap: "succeeded",
    illumos: "failed",
    extra: "skipped",
    src: "succeeded",
    "local/kvm": "failed",
    local: "skipped",
    tools: "succeeded",
    man: "succeeded",
    devpro: "succeeded",
    manifest: "skipped",
    live: "skipped",
  });
});

void test("a file no stage installed is told by its stage at once, and by live", async (t) => {
  const tree = treeFor(t, { "1-extra-stamp": ["echo '========== building libz =========='"] });
  const built = await run(["run", "--plain"], { cwd: tree.root });
  assert.equal(built.code, 2);
  const now = await status(tree.root);
  assert.equal(stateByStage(now)["extra"], "succeeded");
  assert.equal(stateByStage(now)["live"], "failed");
  const wanted = { path: "usr/bin/curl", manifest: "projects/illumos-extra/manifest" };
  for (const stage of ["extra", "live"]) {
    const problem = now.problems.find((one) => one.stage === stage);
    assert.equal(problem?.path, wanted.path, stage);
    assert.equal(problem.manifest, wanted.manifest, stage);
    assert.equal(problem.manifestLine, 1, stage);
  }
  const said = built.stdout.indexOf("usr/bin/curl is in projects/illumos-extra/manifest:1");
  assert.ok(said !== -1 && said < built.stdout.indexOf("src started"), "told when extra ended");
  const { stdout } = await run(["logs", "live"], { cwd: tree.root });
  assert.match(stdout, /FILE: \[usr\/bin\/curl\].*FAILED/);
});

void test("targets are groups, stages and components", async (t) => {
  const tree = treeFor(t);
  const { root } = tree;
  const world = await run(["run", "--plain", "world"], { cwd: root });
  assert.equal(world.code, 0, world.stdout);
  assert.deepEqual(
    (await status(root)).stages.map(({ name }) => name),
    ["configure", ...worldOrder],
  );
  assert.equal((await run(["run", "--plain", "live"], { cwd: root })).code, 0);
  const stamp = (): number => lstatSync(join(root, "1-extra-stamp")).mtimeMs;
  const before = stamp();
  const component = await run(["run", "--plain", "extra/curl", "live"], { cwd: root });
  assert.equal(component.code, 0, component.stdout);
  assert.equal(stamp(), before, "the whole of illumos-extra was not built again");
  const ran = eventsOfType(root, "stage-started").map(({ stage }) => stage);
  assert.deepEqual(ran, ["extra/curl", "live"]);
  const { stdout } = await run(["logs", "extra/curl"], { cwd: root });
  assert.match(stdout, /curl clean\n(?:.*\n)*?.*curl install\n/);
  const one = await run(["run", "--plain", "man"], { cwd: root });
  assert.equal(one.code, 0);
  assert.deepEqual(
    eventsOfType(root, "stage-started").map(({ stage, removed }) => [stage, removed]),
    [["man", ["0-man-stamp"]]],
  );
});

void test("--json is one event a line and folds to what status shows", async (t) => {
  const { root } = treeFor(t, { "0-devpro-stamp": ["exit 3"] });
  const built = await run(["run", "--json"], { cwd: root });
  assert.equal(built.code, 2);
  const lines = built.stdout.trimEnd().split("\n");
  const events = lines.map((line) => JSON.parse(line) as JournalEvent);
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_, index) => index + 1),
  );
  assert.ok(events.every(({ v, at }) => v === 1 && !Number.isNaN(Date.parse(at))));
  assert.deepEqual(foldAll(events), stateOf(root));
  const now = await status(root);
  const last = foldAll(events);
  assert.equal(last?.state, now.state);
  assert.deepEqual(
    last.stages.map(({ name, state }) => [name, state]),
    now.stages.map(({ name, state }) => [name, state]),
  );
});

void test("--detach returns at once, and --on-end runs when the build has ended", async (t) => {
  const tree = treeFor(t, { "0-livesrc-stamp": ["read x < gate"] });
  const { root } = tree;
  const gate = tree.gate("gate");
  const onEnd =
    'echo "$SMARTBUILD_BUILD $SMARTBUILD_STATE $SMARTBUILD_EXIT_CODE" > ended; mv ended told';
  const started = await run(["run", "--detach", "--on-end", onEnd, "src"], { cwd: root });
  assert.equal(started.code, 0, started.stderr);
  assert.match(started.stdout, /^Build 0001-\S+ runs in the background/);
  assert.equal((await status(root)).state, "running");
  await openGate(gate);
  const told = await until("the command has run", () =>
    existsSync(join(root, "told")) ? readFileSync(join(root, "told"), "utf8") : undefined,
  );
  assert.equal(told, `${stateOf(root).build} succeeded 0\n`);
});

void test("projects/illumos may be a symbolic link", async (t) => {
  const tree = treeFor(t);
  const elsewhere = treeFor(t).root;
  renameSync(join(tree.root, "projects/illumos"), join(elsewhere, "illumos-checkout"));
  symlinkSync(join(elsewhere, "illumos-checkout"), join(tree.root, "projects/illumos"));
  const built = await run(["run", "--plain"], { cwd: tree.root });
  assert.equal(built.code, 0, built.stdout);
  const steps = eventsOfType(tree.root, "step").filter(({ stage }) => stage === "illumos");
  assert.deepEqual(
    steps.map(({ span }) => span.log),
    ["illumos.1.nightly.log"],
  );
});

void test("nightly's log is kept and read although nightly moves it away", async (t) => {
  const log = "projects/illumos/log";
  const tree = treeFor(t, {
    "0-illumos-stamp": [
      `mkdir -p proto ${log}/log.2; printf '\\n==== Building tools at now ====\\n\\n' > ${log}/nightly.log`,
      `echo 'zpool.c:7:1: error: expected declaration' >> ${log}/nightly.log`,
      `mv ${log}/nightly.log ${log}/log.2/; ln -sfn log.2 ${log}/latest; exit 1`,
    ],
  });
  tree.write(`${log}/log.1/nightly.log`, "old.c:1:1: error: of an earlier run\n");
  symlinkSync("log.1", join(tree.root, log, "latest"));
  const failed = await run(["run", "illumos", "--plain"], { cwd: tree.root });
  assert.equal(failed.code, 2);
  const problems = (await run(["problems"], { cwd: tree.root })).stdout;
  assert.match(problems, /zpool\.c/);
  assert.doesNotMatch(problems, /old\.c/);
  const kept = readFileSync(join(newestBuild(tree.root) ?? "", "illumos.1.nightly.log"), "utf8");
  assert.match(kept, /zpool\.c:7:1/);
});

void test("a nightly that fails for a warning alone is told by that warning", async (t) => {
  const lines = [
    "==== Building OS-Net source at now (non-DEBUG) ====",
    "CC cmd/zfs/zfs_main.o",
  ].concat([
    "zfs_main.c:12:7: warning: variable 'unused' set but not used [-Wunused]",
    "rm -f proto/usr/bin/zfs; install -s -m 555 -f proto/usr/bin zfs",
    "==== Ended OS-Net source build at now (non-DEBUG) ====",
  ]);
  const log = "projects/illumos/log/nightly.log";
  const told = lines.map((line) => `echo "${line}" >> ${log}`);
  const { root } = treeFor(t, {
    "0-illumos-stamp": ["mkdir -p projects/illumos/log", ...told, "exit 1"],
  });
  assert.equal((await run(["run", "illumos", "--plain"], { cwd: root })).code, 2);
  const [problem] = stateOf(root).problems;
  assert.equal(problem?.kind, "nightly-warning");
  assert.match(problem.summary, /zfs_main\.c:12:7: warning: variable 'unused'/);
  assert.equal(problem.line, 12);
});

void test("the passes of nightly are told apart, and how far the stage is with them", async (t) => {
  const pass = (label: string): readonly string[] => [
    `==== Building OS-Net source at Mon Nov 23 10:15:00 UTC 2026 (${label}) ====`,
    `==== Ended OS-Net source build at Mon Nov 23 11:15:00 UTC 2026 (${label}) ====`,
    `==== Not creating ${label} packages ====`,
  ];
  const log = "projects/illumos/log/nightly.log";
  const told = [...pass("non-DEBUG"), ...pass("DEBUG")].map((line) => `echo "${line}" >> ${log}`);
  const { root } = treeFor(t, {
    "0-illumos-stamp": ["mkdir -p projects/illumos/log", ...told],
  });
  await run(["run", "illumos", "--plain"], { cwd: root });
  const illumos = stateOf(root).stages.find(({ name }) => name === "illumos");
  assert.deepEqual(
    illumos?.attempts[0]?.trail?.map(({ step }) => step),
    [
      { name: "Building OS-Net non-DEBUG", index: 1, part: { from: 0.06, to: 0.52 } },
      { name: "Building OS-Net DEBUG", index: 2, part: { from: 0.52, to: 0.98 } },
    ],
  );
});

void test("a log that only says that something failed gives way to one that says why", async (t) => {
  const stopped = 'build_live: ERROR: failed to attach file "/tmp/root.image" as lofi device';
  const { root } = treeFor(t, {
    "0-illumos-stamp": [
      "mkdir -p projects/illumos/log",
      `echo '${stopped}' > projects/illumos/log/nightly.log`,
      "echo 'lofiadm: could not map file /tmp/root.image: Resource temporarily unavailable'",
      `echo '${stopped}'; exit 1`,
    ],
  });
  assert.equal((await run(["run", "illumos", "--plain"], { cwd: root })).code, 2);
  const problems = stateOf(root).problems;
  assert.match(problems[0]?.summary ?? "", /^lofiadm failed: could not map/);
  assert.equal(problems.length, 1);
});
