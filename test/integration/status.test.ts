// Invariant: status finds the build from anywhere in the tree and tells it as the journal has it.
import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { logged, newestBuild, openGate, run, treeFor } from "../support/smartbuild.ts";

void test("a build is found from a subfolder, with --root, and through a linked project", async (t) => {
  const tree = treeFor(t);
  const elsewhere = treeFor(t).root;
  assert.equal(
    (await run(["run", "--plain", "strap"], { cwd: join(tree.root, "projects/local/kvm") })).code,
    0,
  );
  const seen = await run(["status", "--json"], { cwd: tree.root });
  mkdirSync(join(tree.root, "deep/er"), { recursive: true });
  for (const [cwd, args] of [
    [join(tree.root, "deep/er"), []],
    ["/", ["--root", tree.root]],
    [elsewhere, ["--root", tree.root]],
    [join(tree.root, ".."), ["--root", tree.root.split("/").at(-1) ?? ""]],
  ] as const) {
    const found = await run(["status", "--json", ...args], { cwd });
    assert.equal(found.stdout, seen.stdout, `${cwd} ${args.join(" ")}`);
  }
  mkdirSync(join(elsewhere, "outside"));
  symlinkSync(join(elsewhere, "outside"), join(tree.root, "linked"));
  const linked = await run(["status", "--json", "--root", join(tree.root, "linked/..")], {
    cwd: "/",
  });
  assert.equal(linked.stdout, seen.stdout);
});

void test("status tells a running build with its step, and damage of the journal", async (t) => {
  const tree = treeFor(t, {
    "1-extra-stamp": [
      "echo '========== building libz =========='",
      "read x < gate",
      "echo curl > proto/usr/bin/curl",
    ],
  });
  const { root } = tree;
  const gate = tree.gate("gate");
  assert.equal((await run(["run", "--detach"], { cwd: root })).code, 0);
  await logged(root, "journal.jsonl", '"name":"libz","index":1,"total":2},"span":{"log":"extra');
  const running = JSON.parse((await run(["status", "--json"], { cwd: root })).stdout) as {
    state: string;
    endedAt: unknown;
    exitCode: unknown;
    stages: {
      name: string;
      state: string;
      step: unknown;
      endedAt: unknown;
      exitCode: unknown;
      log: unknown;
    }[];
  };
  assert.deepEqual([running.state, running.endedAt, running.exitCode], ["running", null, null]);
  const extra = running.stages.find(({ name }) => name === "extra");
  assert.deepEqual(
    [extra?.state, extra?.step, extra?.endedAt, extra?.exitCode, extra?.log],
    ["running", { name: "libz", index: 1, total: 2 }, null, null, "extra.1.log"],
  );
  assert.equal(running.stages.at(-1)?.state, "pending");
  const text = await run(["status"], { cwd: root });
  assert.match(text.stdout, /still runs[\s\S]*to come: src/);
  await openGate(gate);
  assert.equal((await run(["attach", "--plain"], { cwd: root })).code, 0);
  appendFileSync(join(newestBuild(root) ?? "", "journal.jsonl"), "garbage\n");
  const damaged = await run(["status", "--json"], { cwd: root });
  assert.match(damaged.stdout, /"notes":\["a damaged line/);
  const older = await run(
    ["status", "--build", (newestBuild(root) ?? "").split("/").at(-1) ?? ""],
    { cwd: root },
  );
  assert.equal(older.code, 0);
});
