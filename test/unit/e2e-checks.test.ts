// Invariant: the report of the end-to-end checks counts nothing that was not shown.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkNumber, checkResults, reportLines, type Outcome } from "../e2e/checks.ts";

const file = "/x/test/e2e/check-07-error-jump.test.ts";
const passed: Outcome = { kind: "passed", name: "check 07: e and E", file, top: true };

function seventh(outcomes: readonly Outcome[]): string | undefined {
  return checkResults([file], outcomes)[6]?.result;
}

describe("the report of the checks", () => {
  it("knows a check by its file's name", () => {
    assert.equal(checkNumber(file), 7);
    assert.equal(checkNumber("/x/test/e2e/demo.test.ts"), undefined);
    assert.equal(checkNumber("/x/check-7-error.test.ts"), undefined);
  });

  it("counts a check whose test passed, with its figures", () => {
    const lines = reportLines(
      checkResults([file], [passed, { kind: "figure", text: "e in 40 ms", file }]),
    );
    assert.equal(lines.length, 31);
    assert.match(lines[6] ?? "", /^ 7 {2}error jump +passed +e in 40 ms$/);
    assert.match(lines[7] ?? "", /^ 8 {2}root cause first +not written$/);
    assert.equal(lines[30], "1 of 30");
  });

  it("does not count what failed, was skipped or ran under another name", () => {
    assert.equal(seventh([passed]), "passed");
    assert.equal(seventh([passed, { kind: "failed", name: "part", file }]), "failed");
    assert.equal(seventh([{ kind: "skipped", name: "check 07: x", file }]), "skipped");
    assert.equal(seventh([{ ...passed, name: "something else" }]), "did not run");
    assert.equal(seventh([{ ...passed, top: false }]), "did not run");
    assert.equal(seventh([]), "did not run");
    assert.equal(checkResults([], [passed])[6]?.result, "not written");
  });
});
