// Invariant: each excerpt of test/fixtures/diagnosis is a format as its tool prints it; the first
// problem shown is its cause.
import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { describe, it } from "node:test";
import { advice } from "../../src/engine/diagnosis/advice.ts";
import type { FoundProblem } from "../../src/engine/diagnosis/found-problem.ts";
import { LogScan } from "../../src/engine/diagnosis/log-scan.ts";
import { excerptFiles, excerptsOf } from "../support/diagnosis-excerpts.ts";

function diagnose(lines: readonly string[]): readonly FoundProblem[] {
  const scan = new LogScan();
  scan.push(Buffer.from(lines.map((line) => `${line}\n`).join("")));
  return scan.finish();
}

for (const file of excerptFiles) {
  describe(`the formats of ${file}`, () => {
    for (const { title, kind, lines } of excerptsOf(file)) {
      it(`${title}: ${kind}`, () => {
        const problems = diagnose(lines.map(({ text }) => text));
        const shown = problems.map((one) => `${one.lines.join("-")} ${one.kind}: ${one.summary}`);
        if (kind === "none") {
          assert.deepEqual(shown, []);
          return;
        }
        assert.equal(problems[0]?.kind, kind, shown.join("\n"));
        const [first, last] = problems[0].lines;
        const marks = lines.slice(first - 1, last).map(({ mark }) => mark);
        assert.ok(marks.includes(">"), `the cause is not in ${shown.join("\n")}`);
        for (const problem of problems) {
          const within = lines.slice(problem.lines[0] - 1, problem.lines[1]);
          assert.ok(!within.some(({ mark }) => mark === "!"), `follows only: ${shown.join("\n")}`);
        }
      });
    }
  });
}

describe("the advice", () => {
  it("is one plain sentence or two for each kind", () => {
    for (const sentence of Object.values(advice)) assert.match(sentence, /^[A-Z].*\.$/s);
  });
});
