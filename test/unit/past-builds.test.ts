// Invariant: what is listed of past builds, compared between two, and kept of their logs follows
// from their folders alone.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test, type TestContext } from "node:test";
import { dropLogs, oldLogs } from "../../src/engine/host/retention.ts";
import { readBuild } from "../../src/engine/journal/builds.ts";
import { compareBuilds } from "../../src/engine/journal/compare-builds.ts";
import { bytesText, droppedText, readLogsDropped } from "../../src/engine/journal/dropped-logs.ts";
import { pastBuilds, type PastBuild } from "../../src/engine/journal/past-builds.ts";
import type { BuildState } from "../../src/engine/journal/state.ts";
import { makePastBuilds } from "../support/past-builds.ts";
import { ScriptedBuild, classicPlan } from "../support/screen-script.ts";

function workspace(t: TestContext): { root: string; logs: string } {
  const root = mkdtempSync(join(tmpdir(), "smartbuild-past-"));
  t.after(() => {
    rmSync(root, { recursive: true, force: true });
  });
  return { root, logs: join(root, "log/smartbuild") };
}

async function listed(
  logs: string,
  known?: ReadonlyMap<string, PastBuild>,
): Promise<readonly PastBuild[]> {
  const all: PastBuild[] = [];
  for await (const piece of pastBuilds(logs, known)) all.push(...piece);
  return all;
}

function stateIn(folder: string | undefined): BuildState {
  const state = readBuild(folder ?? "");
  assert.ok(state);
  return state;
}

const numbersOf = (found: readonly { readonly folder: string }[]): number[] =>
  found.map(({ folder }) => Number.parseInt(basename(folder), 10));

void test("past builds are listed newest first, with stages, times and the cause", async (t) => {
  const { root, logs } = workspace(t);
  makePastBuilds(root, { count: 6 });
  const all = await listed(logs);
  assert.deepEqual(
    all.map(({ number, state }) => `${number} ${state}`),
    ["6 failed", "5 succeeded", "4 succeeded", "3 failed", "2 succeeded", "1 succeeded"],
  );
  const [failed, good] = all;
  assert.equal(failed?.firstProblem, "curl.c line 5 does not compile");
  assert.equal(failed.exitCode, 2);
  assert.deepEqual(
    failed.stages.map(({ name, durationMs }) => [name, durationMs]),
    [
      ["preflight", 65_000],
      ["strap", 125_000],
      ["illumos", 185_000],
      ["extra", 245_000],
    ],
  );
  assert.equal(good?.artefacts[0]?.bytes, 12_345_678);
});

void test("five hundred past builds are listed within 300 ms, the first of them at once", async (t) => {
  const { root, logs } = workspace(t);
  makePastBuilds(root, { count: 500, logBytes: 0 });
  await listed(logs);
  const before = performance.now();
  const pieces = pastBuilds(logs);
  const first = await pieces.next();
  const firstMs = performance.now() - before;
  const all = [...(first.value ?? [])];
  for await (const piece of pieces) all.push(...piece);
  const ms = performance.now() - before;
  assert.equal(all.length, 500);
  t.diagnostic(`first piece after ${firstMs.toFixed(0)} ms, 500 builds after ${ms.toFixed(0)} ms`);
  assert.ok(ms < 900, `${ms} ms`);
  const again = performance.now();
  await listed(logs, new Map(all.map((build) => [build.folder, build])));
  t.diagnostic(`again after ${(performance.now() - again).toFixed(0)} ms`);
});

void test("a damaged folder is left out, and a build that never ended has no duration", async (t) => {
  const { root, logs } = workspace(t);
  makePastBuilds(root, { count: 1, withoutSummary: true });
  new ScriptedBuild(root, "0002-20250102T090000Z").start(classicPlan);
  new ScriptedBuild(root, "0003-20250103T090000Z").step("extra", "curl");
  const all = await listed(logs);
  assert.deepEqual(numbersOf(all), [2, 1]);
  assert.equal(all[0]?.durationMs, undefined);
});

void test("two builds are compared by stages, problems and sources", (t) => {
  const { root } = workspace(t);
  const folders = makePastBuilds(root, { count: 6 });
  const older = stateIn(folders[2]);
  const newer = stateIn(folders[5]);
  const sources = (head: string, fragment: string): Pick<BuildState, "sources"> => ({
    sources: {
      repositories: [
        { name: ".", head, changes: "" },
        { name: "projects/illumos", head: "1", changes: "" },
      ],
      settings: { MAX_JOBS: fragment, NEW: head },
      fragments: { "configure.local": fragment },
    },
  });
  const compared = compareBuilds(
    { ...older, ...sources("a", "x"), jobs: 4 },
    { ...newer, ...sources("b", "y") },
  );
  assert.deepEqual(
    compared.stages.map(({ name, before, after }) => [name, before?.durationMs, after?.durationMs]),
    [
      ["preflight", 62_000, 65_000],
      ["strap", 122_000, 125_000],
      ["illumos", 182_000, 185_000],
      ["extra", 242_000, 245_000],
    ],
  );
  assert.deepEqual(compared.repositories, [{ name: ".", from: "a", to: "b" }]);
  assert.deepEqual(compared.fragments, ["configure.local"]);
  assert.deepEqual(compared.settings, ["MAX_JOBS", "NEW"]);
  assert.deepEqual(compared.asked, ["jobs: 4, then the tree's"]);
  // The line in the sentence moved; it is the same problem.
  assert.equal(compared.same.length, 1);
  const mended = compareBuilds(older, stateIn(folders[4]));
  assert.deepEqual([mended.gone.length, mended.fresh.length], [1, 0]);
  assert.equal(mended.knowsSources, false);
});

void test("logs beyond the number to keep go, but not those of the last good build", (t) => {
  const { root, logs } = workspace(t);
  makePastBuilds(root, { count: 9 });
  assert.deepEqual(numbersOf(oldLogs(logs, { builds: 3, bytes: 1e9 })), [1, 2, 3, 4, 5, 6]);
  // 9 failed, 8 is the last good one: both stay however little may be kept.
  assert.deepEqual(numbersOf(oldLogs(logs, { builds: 1, bytes: 1 })), [1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(oldLogs(logs, { builds: 50, bytes: 1e9 }), []);
});

void test("the last good build keeps its logs however many failed after it", (t) => {
  const { root, logs } = workspace(t);
  makePastBuilds(root, { count: 2 });
  for (let number = 3; number < 8; number++) {
    const build = new ScriptedBuild(root, `000${number}-20250103T09000${number}Z`);
    build.start(classicPlan);
    build.startStage("strap");
    build.output("strap", "no\n");
    build.endStage("strap", "failed", 5, 2);
    build.end("failed", 2, 6);
  }
  assert.deepEqual(numbersOf(oldLogs(logs, { builds: 2, bytes: 1e9 })), [1, 3, 4, 5]);
});

void test("logs beyond the size to keep go, the oldest first", (t) => {
  const { root, logs } = workspace(t);
  // Stages of a build: ten when it succeeds, four when it fails.
  makePastBuilds(root, { count: 6, logBytes: 1000 });
  const old = oldLogs(logs, { builds: 50, bytes: 24_000 });
  assert.deepEqual(numbersOf(old), [1, 2, 3]);
  assert.deepEqual(
    old.map(({ bytes }) => bytes),
    [10_000, 10_000, 4000],
  );
});

void test("only logs are dropped: the build is told of as before, and says who did it", async (t) => {
  const { root, logs } = workspace(t);
  const [folder = ""] = makePastBuilds(root, { count: 4 });
  symlinkSync("/etc/passwd", join(folder, "src.1.times"));
  const before = await listed(logs);
  const [first] = oldLogs(logs, { builds: 1, bytes: 1 });
  assert.ok(first);
  assert.equal(first.folder, folder);
  dropLogs(first, "0005-20250109T090000Z", new Date(0));
  assert.deepEqual(readdirSync(folder).sort(), [
    "commands",
    "journal.jsonl",
    "logs-dropped.json",
    "summary.json",
  ]);
  assert.ok(existsSync("/etc/passwd"));
  assert.deepEqual(readLogsDropped(folder), {
    at: "1970-01-01T00:00:00.000Z",
    by: "0005-20250109T090000Z",
    bytes: 200,
  });
  assert.deepEqual(await listed(logs), before);
  assert.deepEqual(numbersOf(oldLogs(logs, { builds: 1, bytes: 1 })), [2]);
});

void test("dropping is told with what and how much", () => {
  const at = { v: 1, seq: 1, at: "2025-01-01T00:00:00Z", type: "logs-dropped" } as const;
  const builds = ["0001-a", "0002-b", "0003-c", "0004-d"].map((build) => ({ build, bytes: 1e9 }));
  assert.equal(
    droppedText({ ...at, builds, keepBuilds: 50, keepBytes: 1e10 }),
    "dropped the logs of 4 earlier builds (0001-a to 0004-d), 4 GB; logs of 50 builds and 10 GB are kept",
  );
  assert.equal(bytesText(999_950), "1.0 MB");
  assert.equal(bytesText(48_213), "48.2 kB");
});
