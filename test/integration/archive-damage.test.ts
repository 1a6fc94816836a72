// Invariant: the archives are made by gzip, bzip2 and tar themselves; what they unpack is whole.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it, test } from "node:test";
import { archiveDamage } from "../../src/engine/workspace/archive-damage.ts";
import { eventsOfType, newestBuild, run, stateOf, treeFor } from "../support/smartbuild.ts";

const folder = mkdtempSync(join(tmpdir(), "smartbuild-archive-"));
after(() => {
  rmSync(folder, { recursive: true });
});

const errorPage = '{"code":"ResourceNotFound","message":"/on-closed-bin was not found"}';

/** An archive of `size` bytes that do not compress. */
function archive(name: string, size: number): string {
  const [file, path] = [join(folder, "data"), join(folder, name)];
  writeFileSync(file, randomBytes(size));
  const flag = name.endsWith("bz2") ? "-cjf" : "-czf";
  execFileSync("tar", ["-C", folder, flag, path, "data"]);
  return path;
}

describe("an archive", () => {
  for (const name of ["a.tgz", "a.tar.bz2"]) {
    it(`${name} is whole in any size, and cut off without its end`, async () => {
      // The end of a bzip2 stream may stand at any bit: many sizes meet all of them.
      for (let size = 1; size < 60; size++) {
        const path = archive(name, size * 7);
        assert.equal(await archiveDamage(path), undefined, `${String(size * 7)} bytes`);
        truncateSync(path, readFileSync(path).length - 12);
        assert.deepEqual(await archiveDamage(path), { kind: "cut-off" });
      }
    });
  }

  it("may be empty, a saved page, or something else", async () => {
    const path = join(folder, "b.tgz");
    writeFileSync(path, "");
    assert.deepEqual(await archiveDamage(path), { kind: "empty" });
    writeFileSync(path, "<html>\n  <title>404 Not Found</title>\n");
    const page = "<html> <title>404 Not Found</title>";
    assert.deepEqual(await archiveDamage(path), { kind: "text", says: page });
    writeFileSync(path, Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0]));
    assert.deepEqual(await archiveDamage(path), { kind: "other" });
    assert.equal(await archiveDamage(join(folder, "none.tgz")), undefined);
    assert.equal(await archiveDamage(join(folder, "data")), undefined);
  });

  it("may have other bytes within", async () => {
    const path = archive("c.tgz", 10_000);
    const bytes = readFileSync(path);
    bytes.fill(0xff, 5000, 5100);
    writeFileSync(path, bytes);
    assert.deepEqual(await archiveDamage(path), { kind: "damaged" });
  });
});

const fetching = `
for f in "$FETCHED"/*; do
  [[ -f projects/illumos/$(basename $f) ]] || cp $f projects/illumos/
done
`;

void test("a saved error page fails configure by its name, and the retry fetches again", async (t) => {
  const tree = treeFor(t);
  const { root } = tree;
  tree.write("configure", readFileSync(join(root, "configure"), "utf8") + fetching, 0o755);
  const name = "on-closed-bins.i386.tar.bz2";
  tree.write(`fetched/${name}`, errorPage);
  const env = { FETCHED: join(root, "fetched") };
  const failed = await run(["run", "configure", "--plain"], { cwd: root, env });
  assert.notEqual(failed.code, 0, failed.stdout);
  const [problem] = stateOf(root).problems;
  assert.equal(problem?.kind, "archive-damaged");
  assert.match(
    problem.summary,
    /^projects\/illumos\/on-closed-bins\.i386\.tar\.bz2 is no archive but a saved error page of the server: \{"code":"ResourceNotFound"/,
  );
  execFileSync("cp", [archive("whole.tar.bz2", 5000), join(root, "fetched", name)]);
  const again = await run(["retry", "configure", "--plain"], { cwd: root, env });
  assert.equal(again.code, 0, again.stdout);
  const started = eventsOfType(root, "stage-started").at(-1);
  assert.ok(started?.removed.includes(`projects/illumos/${name}`), "the removal is told");
  assert.ok(existsSync(join(root, "projects/illumos", name)));
});

void test("half an archive is called by its name where tar complains, at that place", async (t) => {
  const complaint = "gzip: stdin: unexpected end of file";
  const { root } = treeFor(t, {
    "0-extra-stamp": [`echo '${complaint}'; exit 1`],
  });
  assert.equal((await run(["run", "configure", "--plain"], { cwd: root })).code, 0);
  const path = archive("illumos-adjunct.20120115.tgz", 5000);
  truncateSync(path, 2000);
  execFileSync("cp", [path, root]);
  // Fetched by hand: configure, which would have noticed, is not run again.
  const failed = await run(["run", "strap", "--plain"], { cwd: root });
  assert.notEqual(failed.code, 0);
  const problems = stateOf(root).problems;
  const [problem] = problems;
  assert.ok(problem !== undefined);
  assert.match(problem.summary, /^illumos-adjunct\.20120115\.tgz is cut off/);
  assert.equal(problems.length, 1, "told once");
  const { log = "", start = 0 } = problem.span ?? {};
  const text = readFileSync(join(newestBuild(root) ?? "", log), "utf8");
  assert.ok(text.slice(start).startsWith(complaint));
});
