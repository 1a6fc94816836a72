// Invariant: every reason to build is told in words, and what make would not notice is removed.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import type { RepositoryNow } from "../../src/engine/graph/fingerprint.ts";
import { makePlan, type PlanInput } from "../../src/engine/graph/plan.ts";
import type { Fingerprint, PlannedStage } from "../../src/engine/journal/events.ts";
import type { StageRecord } from "../../src/engine/journal/history.ts";
import { stageOf } from "../support/graph-stages.ts";

const first = stageOf("first", {
  stamps: ["0-first"],
  inputs: ["conf"],
  repositories: [{ folder: "repo" }],
  settings: ["URL"],
});
const second = stageOf("second", {
  group: "world",
  needs: ["first"],
  stamps: ["0-second"],
  products: ["made"],
  removesFirst: ["copies/x", "copies/nosuch"],
});
const built: Fingerprint = {
  repositories: [{ name: "repo", head: "1111111111111", changes: "" }],
  settings: { URL: "aa" },
};
const clean: RepositoryNow = {
  name: "repo",
  head: "1111111111111",
  changes: "",
  newestUntracked: 0,
};
const record: StageRecord = { fingerprint: built, failedSince: false, lastEndedAt: 5_000_000 };

/** A tree in which both stages are up to date; `ages` are seconds of the epoch. */
function planFor(
  t: TestContext,
  change: {
    ages?: Readonly<Record<string, number | undefined>>;
    now?: Partial<Fingerprint>;
    mark?: Partial<RepositoryNow>;
    record?: Partial<StageRecord>;
    targets?: readonly string[];
  } = {},
): Record<string, PlannedStage> {
  const root = mkdtempSync(join(tmpdir(), "smartbuild-plan-"));
  t.after(() => {
    rmSync(root, { recursive: true });
  });
  const ages = {
    conf: 1000,
    "0-first": 2000,
    "0-second": 3000,
    made: 2500,
    "copies/x": 1,
    ...change.ages,
  };
  for (const [path, age] of Object.entries<number | undefined>(ages)) {
    if (age === undefined) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), "");
    utimesSync(join(root, path), age, age);
  }
  const input: PlanInput = {
    root,
    graph: [first, second],
    stages: [first, second],
    targets: change.targets ?? [],
    history: new Map([["first", { ...record, ...change.record }]]),
    fingerprints: new Map([["first", { ...built, ...change.now }]]),
    marks: new Map([["repo", { ...clean, ...change.mark }]]),
  };
  return Object.fromEntries(makePlan(input).map((stage) => [stage.name, stage]));
}

void describe("a stage", () => {
  void test("is up to date when nothing speaks against it", (t) => {
    assert.deepEqual(planFor(t), {
      first: { name: "first", run: false, reasons: [], removes: [] },
      second: { name: "second", group: "world", run: false, reasons: [], removes: [] },
    });
  });

  const others = [{ name: "repo", head: "2222222222222", changes: "" }];
  const cases: readonly [string, Parameters<typeof planFor>[1], string, readonly string[]][] = [
    ["its stamp is missing", { ages: { "0-first": undefined } }, "0-first is missing", []],
    ["an input is newer", { ages: { conf: 2001 } }, "conf is newer than 0-first", ["0-first"]],
    [
      "HEAD moved",
      { now: { repositories: others } },
      "repo has another HEAD (222222222, was 111111111)",
      ["0-first"],
    ],
    [
      "tracked files were changed",
      { now: { repositories: [{ name: "repo", head: "1111111111111", changes: "cc" }] } },
      "repo has other uncommitted changes",
      ["0-first"],
    ],
    [
      "there are new files",
      { mark: { newestUntracked: 5_000_001 } },
      "repo has new files",
      ["0-first"],
    ],
    [
      "a setting changed",
      { now: { settings: { URL: "bb" } } },
      "the setting URL changed",
      ["0-first"],
    ],
    [
      "it failed last time",
      { record: { failedSince: true } },
      "it did not succeed last time",
      ["0-first"],
    ],
    ["it was asked for", { targets: ["first"] }, "asked for", ["0-first"]],
  ];
  for (const [why, change, reason, removes] of cases) {
    void test(`is built when ${why}, and what needs it after it`, (t) => {
      const plan = planFor(t, change);
      assert.deepEqual(plan["first"]?.reasons, [reason]);
      assert.deepEqual(plan["first"].removes, removes);
      assert.ok(plan["first"].run && plan["second"]?.run);
      assert.deepEqual(plan["second"].reasons, ["first will be built"]);
      assert.deepEqual(plan["second"].removes, ["copies/x"], "make follows the stamp by itself");
    });
  }

  void test("is built when it is older than what it needs", (t) => {
    const plan = planFor(t, { ages: { "0-first": 3001 } });
    assert.equal(plan["first"]?.run, false);
    assert.deepEqual(plan["second"]?.reasons, ["0-second is older than first"]);
    assert.deepEqual(plan["second"].removes, ["copies/x"]);
  });

  void test("names all that is missing of its products", (t) => {
    const plan = planFor(t, { ages: { "0-second": undefined, made: undefined } });
    assert.deepEqual(plan["second"]?.reasons, ["0-second and made are missing"]);
    const half = planFor(t, { ages: { made: undefined } });
    assert.deepEqual(half["second"]?.reasons, ["made is missing"]);
  });

  void test("keeps quiet about what no build of smartbuild has seen", (t) => {
    const unknown = { record: { lastEndedAt: 0 }, mark: { newestUntracked: 9e12 } };
    assert.equal(planFor(t, unknown)["first"]?.run, false);
    const appeared = {
      now: {
        repositories: [...built.repositories, ...others.map((one) => ({ ...one, name: "new" }))],
      },
    };
    assert.equal(planFor(t, appeared)["first"]?.run, false);
    assert.equal(planFor(t, { mark: { newestUntracked: 5_000_000 } })["first"]?.run, false);
  });

  void test("without stamps and products always runs", (t) => {
    const root = mkdtempSync(join(tmpdir(), "smartbuild-plan-"));
    t.after(() => {
      rmSync(root, { recursive: true });
    });
    const always = stageOf("always");
    const [planned] = makePlan({
      root,
      graph: [always],
      stages: [always],
      targets: [],
      history: new Map(),
      fingerprints: new Map(),
      marks: new Map(),
    });
    assert.deepEqual(planned?.reasons, ["it always runs"]);
  });
});
