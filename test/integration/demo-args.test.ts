// Invariant: demo writes to nothing but its own copy, and refuses before it writes.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { run, treeFor } from "../support/smartbuild.ts";

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-demo-"));
  t.after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

void test("demo refuses a folder that holds something else, and leaves it alone", async (t) => {
  const cwd = folderFor(t);
  mkdirSync(join(cwd, "mine"));
  writeFileSync(join(cwd, "mine/thesis"), "");
  const refused = await run(["demo", "mine", "--no-run"], { cwd });
  assert.equal(refused.code, 65);
  assert.match(refused.stderr, /mine exists and is no demo tree[\s\S]*Name another folder/);
  assert.deepEqual(readdirSync(join(cwd, "mine")), ["thesis"]);
});

void test("demo takes a tree that is there as it is", async (t) => {
  const { root } = treeFor(t);
  const taken = await run(["demo", root, "--no-run"], { cwd: "/" });
  assert.equal(taken.code, 0, taken.stderr);
  assert.ok(taken.stdout.includes(`cd ${root} && smartbuild run`));
  const built = await run(["demo", root, "--plain"], { cwd: "/" });
  assert.equal(built.code, 0, built.stdout);
});

void test("demo without gcc, make or git says what to install", async (t) => {
  const cwd = folderFor(t);
  const refused = await run(["demo", "new"], { cwd, env: { PATH: "/nosuch" } });
  assert.equal(refused.code, 69);
  assert.match(refused.stderr, /no gcc and no make and no git[\s\S]*apt-get install gcc make git/);
  assert.ok(!existsSync(join(cwd, "new")));
});

void test("demo cannot be made below a file, and knows its options", async (t) => {
  const cwd = folderFor(t);
  writeFileSync(join(cwd, "file"), "");
  assert.equal((await run(["demo", "file/new", "--no-run"], { cwd })).code, 73);
  assert.equal((await run(["demo", "--nosuch"], { cwd })).code, 64);
  assert.equal((await run(["demo", "--layout", "new"], { cwd })).code, 64);
  assert.equal((await run(["demo", "a", "b"], { cwd })).code, 64);
  assert.deepEqual(readdirSync(cwd), ["file"]);
});
