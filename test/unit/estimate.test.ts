// Invariant: what is estimated follows from past builds alone, each kind of run by itself.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "node:test";
import { estimateOf, pastRuns } from "../../src/engine/journal/estimate.ts";
import type { EventBody, PlannedStage } from "../../src/engine/journal/events.ts";
import { foldAll } from "../../src/engine/journal/fold.ts";
import { readPastRuns } from "../../src/engine/journal/read-past-runs.ts";
import type { BuildState, StageState } from "../../src/engine/journal/state.ts";
import { attemptStarted, buildStarted, numbered, planned } from "../support/journal-builder.ts";
import { ScriptedBuild } from "../support/screen-script.ts";

type Run = readonly [outcome: "succeeded" | "failed", ms: number];

/** A build of the stage `extra` with these attempts. */
function build(plan: Partial<PlannedStage>, ...runs: readonly Run[]): BuildState {
  const attempts = runs.flatMap(([outcome, durationMs], index): EventBody[] => [
    ...attemptStarted("extra", index + 1),
    { type: "stage-ended", stage: "extra", attempt: index + 1, outcome, durationMs },
  ]);
  const state = foldAll(numbered([buildStarted([planned("extra", plan)]), ...attempts]));
  assert.ok(state);
  return state;
}

function stageOf(plan: Partial<PlannedStage>, ...runs: readonly Run[]): StageState {
  const [stage] = build(plan, ...runs).stages;
  assert.ok(stage);
  return stage;
}

const scratch = { made: "nothing" } as const;
const incremental = { made: "all" } as const;

void describe("an estimate", () => {
  void test("is the median of past runs of the same kind", () => {
    const past = pastRuns([
      build(scratch, ["succeeded", 300]),
      build(incremental, ["succeeded", 20]),
      build(scratch, ["succeeded", 100]),
      build(scratch, ["failed", 7], ["succeeded", 50]),
      build(scratch, ["succeeded", 200]),
    ]);
    assert.deepEqual(estimateOf(stageOf(scratch), past), { kind: "scratch", ms: 200, runs: 3 });
    assert.deepEqual(estimateOf(stageOf(incremental), past), {
      kind: "incremental",
      ms: 20,
      runs: 1,
    });
    const again = stageOf(scratch, ["failed", 7]);
    assert.equal(estimateOf({ ...again, state: "pending" }, past)?.kind, "retry");
    assert.deepEqual(estimateOf(stageOf(scratch, ["failed", 7], ["failed", 7]), past), {
      kind: "retry",
      ms: 50,
      runs: 1,
    });
  });

  void test("is none where no run of the kind has succeeded", () => {
    assert.equal(estimateOf(stageOf(scratch), pastRuns([])), undefined);
    const past = pastRuns([build(incremental, ["succeeded", 20])]);
    assert.equal(estimateOf(stageOf(scratch), past), undefined);
  });

  void test("counts the run after a failed build as a repeated one", () => {
    const past = pastRuns([
      build(scratch, ["failed", 30]),
      build(scratch, ["succeeded", 60]),
      build(scratch, ["failed", 40]),
      build(scratch, ["succeeded", 100]),
    ]);
    assert.deepEqual(estimateOf(stageOf(scratch), past), { kind: "retry", ms: 60, runs: 1 });
  });

  void test("keeps to the latest nine runs", () => {
    const slow = Array.from({ length: 20 }, () => build(scratch, ["succeeded", 900]));
    const quick = Array.from({ length: 9 }, () => build(scratch, ["succeeded", 10]));
    const past = pastRuns([...quick, ...slow]);
    assert.deepEqual(estimateOf(stageOf(scratch), past), { kind: "scratch", ms: 10, runs: 9 });
  });

  void test("takes the kind from the reasons where an old journal does not say it", () => {
    const reasons = ["1-extra-stamp is missing"];
    const past = pastRuns([build({ reasons }, ["succeeded", 100])]);
    assert.equal(estimateOf(stageOf(scratch), past)?.ms, 100);
    assert.equal(estimateOf(stageOf({ reasons: ["illumos will be built"] }), past), undefined);
  });
});

void describe("steps", () => {
  void test("are kept with the time each began", () => {
    const span = { log: "extra.1.log", start: 0, end: 9 };
    const state = foldAll(
      numbered([
        buildStarted([planned("extra")]),
        ...attemptStarted("extra"),
        { type: "step", stage: "extra", attempt: 1, step: { name: "libz", index: 1 }, span },
        { type: "step", stage: "extra", attempt: 1, step: { name: "curl", index: 2 }, span },
      ]),
    );
    const trail = state?.stages[0]?.attempts[0]?.trail ?? [];
    assert.deepEqual(
      trail.map(({ step, startedAt }) => [step.name, startedAt.slice(14, 19)]),
      [
        ["libz", "04:08"],
        ["curl", "04:09"],
      ],
    );
  });
});

void test("200 past builds are read quickly, and only those before the build", async (t) => {
  const root = mkdtempSync(join(tmpdir(), "smartbuild-past-"));
  t.after(() => {
    rmSync(root, { recursive: true });
  });
  const plan = ["illumos", "extra", "live"].map((name) => planned(name, scratch));
  const folders = Array.from({ length: 201 }, (_, index) => {
    const name = `${String(index + 1).padStart(4, "0")}-20261123T101500Z`;
    const made = new ScriptedBuild(root, name);
    made.start(plan);
    for (const { name: stage } of plan) {
      made.startStage(stage);
      for (let step = 1; step <= 40; step++) made.step(stage, `step ${step}`, step, 40);
      made.endStage(stage, "succeeded", 1000 * (index + 1));
    }
    made.end("succeeded", 0, 1000);
    return made.folder;
  });
  const began = performance.now();
  const past = await readPastRuns(folders[199] ?? "");
  const took = performance.now() - began;
  t.diagnostic(`${took.toFixed(0)} ms`);
  assert.equal(past.runs["extra"]?.scratch?.[0], 199_000);
  assert.equal(past.runs["extra"].scratch.length, 9);
  assert.ok(took < 1000, `${took} ms`);
});
