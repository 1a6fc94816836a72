// Invariant: where a log of the tree's own stands is told by its name and age alone.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { treeLog } from "../../src/engine/logs/tree-log.ts";

void test("a log whose name changes each time is the youngest of that form", (t) => {
  const root = mkdtempSync(join(tmpdir(), "smartbuild-tree-log-"));
  t.after(() => {
    rmSync(root, { recursive: true });
  });
  assert.equal(treeLog(root, "log/build_live.*.log"), undefined, "there is no folder");
  assert.equal(treeLog(root, "log/nightly.log"), join(root, "log/nightly.log"));
  mkdirSync(join(root, "log"));
  const write = (name: string, age: number): void => {
    writeFileSync(join(root, "log", name), "x");
    utimesSync(join(root, "log", name), 1000 - age, 1000 - age);
  };
  write("build_live.20260101T000000Z.9.log", 20);
  write("build_live.20260101T000000Z.10.log", 10);
  write("build_iso.20260101T000000Z.11.log", 1);
  assert.equal(
    treeLog(root, "log/build_live.*.log"),
    join(root, "log/build_live.20260101T000000Z.10.log"),
  );
});
