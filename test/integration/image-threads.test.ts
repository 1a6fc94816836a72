// Invariant: what a process sees of its environment is asked of a process that the stage started.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { compressThreads } from "../../src/engine/image/compress-threads.ts";
import { newestBuild, run, treeFor } from "../support/smartbuild.ts";

void test("an image is compressed on all cores, unless somebody says otherwise", () => {
  assert.deepEqual(compressThreads({}, 64), { UV_THREADPOOL_SIZE: "64" });
  assert.deepEqual(compressThreads({}, 4), {}, "the usual pool is as large");
  assert.deepEqual(compressThreads({ UV_THREADPOOL_SIZE: "3" }, 64), {});
});

void test("the live stage hands the number of threads to the process that compresses", async (t) => {
  const tree = treeFor(t);
  const { root } = tree;
  tree.write("tools/customize", '#!/bin/sh\necho "threads: ${UV_THREADPOOL_SIZE:-usual}"\n', 0o755);
  const cores = availableParallelism();
  const expected = cores > 4 ? String(cores) : "usual";
  const cases: readonly (readonly [string | undefined, string])[] = [
    [undefined, expected],
    ["7", "7"],
  ];
  for (const [index, [asked, seen]] of cases.entries()) {
    const ended = await run(["run", "live", "--plain"], {
      cwd: root,
      env: { UV_THREADPOOL_SIZE: asked },
    });
    assert.equal(ended.code, 0, ended.stdout + ended.stderr);
    const log = readFileSync(join(newestBuild(root) ?? root, "live.1.log"), "utf8");
    assert.match(log, new RegExp(`^threads: ${seen}$`, "m"), `build ${index + 1}`);
    tree.write(
      "overlay/generic/manifest",
      `f etc/passwd 0644 root bin\nf etc/group 0644 root sys\n`,
    );
  }
});
