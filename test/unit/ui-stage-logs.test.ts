// Invariant: the files are real; which of them is looked at follows from their sizes and times alone.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { busiestLog, type StageLog } from "../../src/ui/control/stage-logs.ts";

const scratch = mkdtempSync(join(tmpdir(), "smartbuild-stage-logs-"));
after(() => {
  rmSync(scratch, { recursive: true });
});

/** A log that was written so many seconds ago. */
function log(file: string, bytes: number, ago: number): StageLog {
  const path = join(scratch, file);
  writeFileSync(path, "x".repeat(bytes));
  const at = Date.now() / 1000 - ago;
  utimesSync(path, at, at);
  return { file, path };
}

describe("the log to look at", () => {
  it("is the one that grows while the stage runs", () => {
    const own = log("own", 300, 60);
    assert.equal(busiestLog([own, log("nightly", 9000, 1)], true)?.file, "nightly");
    assert.equal(busiestLog([own, log("nightly", 9000, 90)], true)?.file, "own");
  });

  it("is in the end the one that has what was printed", () => {
    const own = log("own", 300, 1);
    assert.equal(busiestLog([own, log("nightly", 9000, 60)], false)?.file, "nightly");
    assert.equal(busiestLog([own, log("nightly", 200, 60)], false)?.file, "own");
    assert.equal(busiestLog([log("own", 9000, 1), log("trace", 99_000, 60)], false)?.file, "own");
  });
});
