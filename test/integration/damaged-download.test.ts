// Invariant: a page that was saved as an archive fails configure, and does not stand in the way of a
// retry.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { TinyTree } from "../support/tiny-tree.ts";
import { eventsOfType, run, treeFor } from "../support/smartbuild.ts";

const adjunct = "illumos-adjunct.20120115.tgz";
const closed = "projects/illumos/on-closed-bins.i386.tar.bz2";
const page = "<html>\n<head><title>404 Not Found</title></head>\n<body>nginx</body></html>\n";

/** A tree whose configure fetches as the real one does: only what is not there, without curl's -f. */
function fetchingTree(t: TestContext): TinyTree {
  const tree = treeFor(t);
  tree.write("server/usr/include/zlib.h", "/* zlib */\n");
  const archive = (option: string, name: string): void => {
    execFileSync("tar", [option, join(tree.root, "server", name), "-C", tree.root, "server/usr"]);
  };
  archive("-czf", "adjunct");
  archive("-cjf", "closed");
  tree.write(
    "configure.local",
    [
      "OVERLAYS=generic",
      `cp server/adjunct ${adjunct}`,
      `if [[ ! -f ${closed} ]]; then cp server/closed ${closed}; tar -xpf ${closed} -C projects/illumos; fi`,
      "",
    ].join("\n"),
  );
  return tree;
}

function firstProblem(root: string): string {
  return eventsOfType(root, "problem")[0]?.problem.summary ?? "";
}

void test("an error page saved as the closed binaries is named, and fetched again", async (t) => {
  const { root } = fetchingTree(t);
  const good = readFileSync(join(root, "server/closed"));
  writeFileSync(join(root, "server/closed"), page);
  const failed = await run(["run", "configure", "--plain"], { cwd: root });
  assert.equal(failed.code, 2, failed.stdout);
  assert.equal(firstProblem(root), `${closed} is not an archive but a saved page: 404 Not Found`);
  assert.match(failed.stdout, /a retry of configure removes this one and fetches it again/);
  assert.ok(existsSync(join(root, closed)), "it is left to look at");

  writeFileSync(join(root, "server/closed"), good);
  const again = await run(["retry", "configure", "--plain"], { cwd: root });
  assert.equal(again.code, 0, again.stdout);
  assert.deepEqual(readFileSync(join(root, closed)), good);
  assert.ok(existsSync(join(root, "projects/illumos/server/usr/include/zlib.h")), "unpacked");
  const log = await run(["logs", "configure"], { cwd: root });
  assert.match(log.stdout, /Fetching \S+ again, which is no whole archive/);
});

for (const [what, damage, said] of [
  [
    "half an adjunct",
    (path: string) => {
      truncateSync(path, 60);
    },
    /is a damaged archive: gzip: /,
  ],
  [
    "an empty adjunct",
    (path: string) => {
      truncateSync(path, 0);
    },
    /is empty, and no archive/,
  ],
  [
    "a message saved as the adjunct",
    (path: string) => {
      writeFileSync(path, '{"code":"ResourceNotFound"}');
    },
    /saved page: \{"code":"ResourceNotFound"\}/,
  ],
] as const) {
  void test(`${what} fails configure, which would not open it`, async (t) => {
    const { root } = fetchingTree(t);
    damage(join(root, "server/adjunct"));
    const { code, stdout } = await run(["run", "configure", "--plain"], { cwd: root });
    assert.equal(code, 2, stdout);
    assert.ok(firstProblem(root).startsWith(adjunct), firstProblem(root));
    assert.match(firstProblem(root), said);
  });
}

void test("a configure that fails otherwise is not blamed on its downloads", async (t) => {
  const tree = fetchingTree(t);
  // That of an earlier run is no whole archive either.
  tree.write(adjunct, page);
  rmSync(join(tree.root, "server/adjunct"));
  const { code } = await run(["run", "configure", "--plain"], { cwd: tree.root });
  assert.equal(code, 2);
  assert.match(firstProblem(tree.root), /No such file/);
});
