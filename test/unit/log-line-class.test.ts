// Invariant: a line's class comes from the format a program prints it in, never from a scary word.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { classifyLine, type LineClass } from "../../src/engine/diagnosis/line-class.ts";

const classes = new Map<string, LineClass | undefined>([
  ["F", "failure"],
  ["C", "consequence"],
  ["W", "warning"],
  ["-", undefined],
]);

function linesOf(path: string): string[] {
  return readFileSync(path, "utf8").split("\n");
}

describe("a line of a build log", () => {
  const file = join(import.meta.dirname, "../fixtures/logs/classified-lines.txt");
  for (const line of linesOf(file)) {
    if (line.startsWith("# ") || line === "") continue;
    const text = line.slice(2);
    it(`${line.slice(0, 1)} ${text.slice(0, 60)}`, () => {
      assert.ok(classes.has(line.slice(0, 1)), "the fixture names a class");
      assert.equal(classifyLine(text), classes.get(line.slice(0, 1)));
    });
  }

  it("of any length is classified at once", () => {
    const started = performance.now();
    for (const piece of ["error: ", ": ", "a", "not found ", '"x", line ', "*** [", "[", "x:1"]) {
      classifyLine(piece.repeat(2_000_000 / piece.length));
      classifyLine(`error ${piece.repeat(600)}`);
    }
    assert.ok(performance.now() - started < 2000);
  });
});

interface Case {
  readonly cause: readonly number[];
}

describe("a collection of labelled logs", () => {
  const folder = process.env["SMARTBUILD_FAILURES"];
  const skip =
    folder === undefined
      ? "SMARTBUILD_FAILURES is not set: NOTHING was checked against labelled logs"
      : false;

  it("has its causes seen in at least 85 % of the failed builds", { skip }, (test) => {
    const root = join(folder ?? "", "failing");
    const missed: string[] = [];
    let cases = 0;
    for (const name of readdirSync(root)) {
      const { cause } = JSON.parse(readFileSync(join(root, name, "case.json"), "utf8")) as Case;
      if (cause.length === 0) continue;
      cases++;
      const lines = linesOf(join(root, name, "log.txt"));
      const found = cause.map((line) => classifyLine(lines[line - 1] ?? ""));
      if (!found.includes("failure") && !found.includes("consequence")) missed.push(name);
    }
    test.diagnostic(
      `causes seen in ${cases - missed.length} of ${cases}; not in ${missed.join(", ")}`,
    );
    assert.ok(missed.length <= 0.15 * cases);
  });

  it("has next to no false alarm in the good builds", { skip }, (test) => {
    const root = join(folder ?? "", "good");
    const lines = readdirSync(root).flatMap((name) => linesOf(join(root, name, "log.txt")));
    const alarms = lines.filter((line) => {
      const found = classifyLine(line);
      return found === "failure" || found === "consequence";
    });
    const rate = (alarms.length / lines.length) * 100_000;
    test.diagnostic(`${rate.toFixed(1)} false alarms per 100,000 lines: ${alarms.join(" | ")}`);
    assert.ok(rate < 50);
  });
});
