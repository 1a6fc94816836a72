// Invariant: needs through another component are declared; what goes in a circle is told once.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judgeOrder } from "../../src/engine/audit/order/judge-order.ts";

const because = "a test says so";

describe("the order of components", () => {
  it("is complete when every need is declared, also through others", () => {
    const declared = new Map([
      ["a", []],
      ["b", ["a"]],
      ["c", ["b"]],
    ]);
    const inferred = [
      { component: "b", needs: "a", because },
      { component: "c", needs: "a", because },
      { component: "c", needs: "b", because },
    ];
    const durations = new Map([
      ["a", 10],
      ["b", 20],
      ["c", 5],
    ]);
    const report = judgeOrder(declared, inferred, durations);
    const { missing, needless, cycles, makefile } = report;
    assert.deepEqual(
      { missing, needless, cycles, makefile },
      { missing: [], needless: [], cycles: [], makefile: [] },
    );
    assert.deepEqual(
      report.criticalPath.map(({ component }) => component),
      ["a", "b", "c"],
    );
  });

  it("takes the longest of several ways, missing needs included", () => {
    const declared = new Map([
      ["slow", []],
      ["quick", []],
      ["end", ["quick"]],
    ]);
    const inferred = [
      { component: "end", needs: "quick", because },
      { component: "end", needs: "slow", because },
    ];
    const durations = new Map([
      ["slow", 100],
      ["quick", 1],
      ["end", 1],
    ]);
    const report = judgeOrder(declared, inferred, durations);
    assert.deepEqual(report.makefile, ["end: quick slow"]);
    assert.deepEqual(report.criticalPath, [
      { component: "slow", durationMs: 100 },
      { component: "end", durationMs: 1 },
    ]);
  });

  it("tells a circle, and still ends", () => {
    const declared = new Map([
      ["a", ["b"]],
      ["b", ["c"]],
      ["c", []],
    ]);
    const inferred = [{ component: "c", needs: "a", because }];
    const durations = new Map([["c", 1]]);
    const report = judgeOrder(declared, inferred, durations);
    assert.deepEqual(report.cycles, [["a", "b", "c", "a"]]);
    // Of a and b no log is there: nobody can say that their needs are needless.
    assert.deepEqual(report.needless, []);
  });
});
