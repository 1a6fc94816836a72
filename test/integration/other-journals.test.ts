// Invariant: a journal that this machine, or this version, has not written is opened and goes on, or
// a sentence says why not. The fixtures are never written anew: they are what old versions wrote.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readBuild } from "../../src/engine/journal/builds.ts";
import { run, treeFor } from "../support/smartbuild.ts";

const fixtures = join(import.meta.dirname, "../fixtures/journals");

/** Puts a journal of the fixtures into a tree as its newest build, as far as `lines` go. */
function placed(root: string, name: string, lines = Infinity): string {
  const folder = join(root, "log/smartbuild/0001-20260102T030405Z");
  mkdirSync(folder, { recursive: true });
  const text = readFileSync(join(fixtures, name), "utf8");
  const kept = text.split("\n").slice(0, lines).join("\n");
  writeFileSync(join(folder, "journal.jsonl"), `${kept.trimEnd()}\n`);
  return folder;
}

void test("a journal of the first version is read as it was meant", async (t) => {
  const { root } = treeFor(t);
  const folder = placed(root, "version-1.jsonl");
  const state = readBuild(folder);
  assert.deepEqual(
    [state?.state, state?.exitCode, state?.targets, state?.notes],
    ["failed", 2, ["world"], []],
  );
  assert.deepEqual(
    state?.stages.map(({ name, state: at, attempts }) => [name, at, attempts.length]),
    [
      ["strap", "skipped", 0],
      ["illumos", "succeeded", 2],
      ["extra", "failed", 1],
      ["live", "skipped", 0],
    ],
  );
  assert.deepEqual(
    state.problems.map(({ kind, file, line }) => [kind, file, line]),
    [["compile-error", "projects/illumos-extra/curl/curl.c", 12]],
  );
  assert.equal(state.stages[1]?.attempts[1]?.trail?.length, 2);
  const status = await run(["status"], { cwd: root });
  assert.equal(status.code, 0, status.stderr);
  assert.match(status.stdout, /failed/);
  const history = await run(["history"], { cwd: root });
  assert.match(history.stdout, /^0001-20260102T030405Z .* failed +03:10 +curl\.c:12/m);
  const built = await run(["run", "--plain"], { cwd: root });
  assert.equal(built.code, 0, built.stdout + built.stderr);
  assert.match(built.stdout, /build 0002-/);
});

void test("an unfinished journal of another machine is opened, and the next build goes on", async (t) => {
  const { root } = treeFor(t);
  const folder = placed(root, "version-1.jsonl", 5);
  const before = readFileSync(join(folder, "journal.jsonl"), "utf8");
  const status = await run(["status"], { cwd: root });
  assert.equal(status.code, 0, status.stderr);
  assert.match(status.stdout, /illumos/);
  // It has neither request nor environment: it was copied without them.
  const attached = await run(["attach", "--plain"], { cwd: root });
  assert.equal(attached.code, 73, attached.stdout + attached.stderr);
  assert.match(attached.stderr, /cannot go on: its request\.json is missing or damaged\./);
  const stopped = await run(["stop"], { cwd: root });
  assert.notEqual(stopped.code, 70, stopped.stderr);
  const built = await run(["run", "--plain"], { cwd: root });
  assert.equal(built.code, 0, built.stdout + built.stderr);
  assert.equal(readFileSync(join(folder, "journal.jsonl"), "utf8"), before, "it stays as it is");
});

void test("a lock of another machine is left alone, and the way out is told", async (t) => {
  const { root } = treeFor(t);
  const folder = join(root, "log/smartbuild");
  mkdirSync(folder, { recursive: true });
  const owner = { pid: process.pid, start: "1", boot: "x", machine: "elsewhere.example" };
  writeFileSync(join(folder, "host.3.lock"), JSON.stringify(owner));
  const refused = await run(["run", "--plain"], { cwd: root });
  assert.equal(refused.code, 75, refused.stdout);
  assert.match(refused.stderr, /host process \d+ on elsewhere\.example/);
  assert.match(refused.stderr, /if that machine is gone, remove log\/smartbuild\/host\.\*\.lock/);
});
