// Invariant: what happens next follows from the state and the graph; nothing runs after its need failed.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Graph, Stage } from "../../src/engine/graph/stage.ts";
import { decide, type Decision } from "../../src/engine/host/schedule.ts";
import type { EventBody } from "../../src/engine/journal/events.ts";
import { foldAll } from "../../src/engine/journal/fold.ts";
import {
  attemptEnded,
  attemptStarted,
  buildStarted,
  numbered,
  planned,
} from "../support/journal-builder.ts";
import { stageOf } from "../support/graph-stages.ts";

const graph: Graph = [
  stageOf("configure"),
  stageOf("a", { requires: ["configure"] }),
  stageOf("b", { needs: ["a"] }),
  stageOf("c", { after: ["b"] }),
  stageOf("d", { needs: ["b", "c"] }),
];

function next(
  events: readonly EventBody[],
  keepGoing = false,
  upToDate: readonly string[] = [],
): string {
  const plan = graph.map(({ name }: Stage) => planned(name, { run: !upToDate.includes(name) }));
  const state = foldAll(numbered([buildStarted(plan, keepGoing), ...events]));
  assert.ok(state);
  const decision: Decision = decide(state, graph);
  if ("start" in decision) return `start ${decision.start.name}`;
  return "skip" in decision
    ? `skip ${decision.skip.name}: ${decision.reason}`
    : `end ${decision.end}`;
}

const done = (stage: string): EventBody[] => [
  ...attemptStarted(stage),
  attemptEnded(stage, "succeeded"),
];
const failed = (stage: string): EventBody[] => [
  ...attemptStarted(stage),
  attemptEnded(stage, "failed"),
];
const skipped = (stage: string, reason = "x"): EventBody => ({
  type: "stage-skipped",
  stage,
  reason,
});
const stopping: EventBody = { type: "stopping", signal: "SIGINT", graceSeconds: 10 };

void describe("what happens next", () => {
  void test("is the next pending stage, in the order of the plan", () => {
    assert.equal(next([]), "start configure");
    assert.equal(next([...done("configure"), ...done("a")]), "start b");
    assert.equal(
      next([], false, ["configure", "a"]),
      "start b",
      "what is up to date holds nothing up",
    );
  });

  void test("is the end when nothing waits", () => {
    const names = graph.map(({ name }) => name);
    assert.equal(next(names.flatMap(done)), "end succeeded");
    assert.equal(next([...names.slice(1).flatMap(done)], false, ["configure"]), "end succeeded");
  });

  void test("after a failure is giving up the rest", () => {
    const lost = [...done("configure"), ...failed("a")];
    assert.equal(next(lost), "skip b: a failed");
    const rest = [...lost, skipped("b"), skipped("c"), skipped("d")];
    assert.equal(next(rest), "end failed");
  });

  void test("with keep-going is what does not need the failed stage", () => {
    const lost = [...done("configure"), ...failed("a")];
    assert.equal(next(lost, true), "skip b: it needs a, which failed");
    assert.equal(next([...lost, skipped("b")], true), "start c", "an order is no need");
    const beyond = [...lost, skipped("b"), ...done("c")];
    assert.equal(next(beyond, true), "skip d: it needs b, which was given up");
    assert.equal(next([...beyond, skipped("d")], true), "end failed");
    assert.equal(next(failed("configure"), true), "skip a: it needs configure, which failed");
  });

  void test("after an interruption is never success", () => {
    const lost = [...done("configure"), ...attemptStarted("a"), attemptEnded("a", "interrupted")];
    assert.equal(next(lost), "skip b: a was interrupted");
    assert.equal(next([...lost, skipped("b"), skipped("c"), skipped("d")]), "end interrupted");
  });

  void test("after a stop is the end, whatever waits", () => {
    assert.equal(next([stopping]), "end interrupted");
    assert.equal(next([...done("configure"), stopping]), "end interrupted");
  });
});
