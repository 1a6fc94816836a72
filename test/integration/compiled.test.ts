// Invariant: what is kept of the program's compiled code is the user's own, and a start never depends
// on it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test, type TestContext } from "node:test";
import { plainEnvironment, program } from "../support/smartbuild.ts";

/** A home of its own, removed after the test. */
function home(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "smartbuild-home-"));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function help(environment: NodeJS.ProcessEnv): string {
  const argv = [program, "--help"];
  const env = { ...plainEnvironment(), XDG_CACHE_HOME: undefined, ...environment };
  const result = spawnSync(process.execPath, argv, { env, encoding: "utf8" });
  assert.equal(result.status, 0, result.stderr);
  assert.match(result.stdout, /^Usage: smartbuild /);
  assert.equal(result.stderr, "");
  return result.stdout;
}

/** The files that are kept below a home. */
function kept(folder: string): string[] {
  const base = join(folder, ".cache/smartbuild");
  return readdirSync(base).flatMap((build) =>
    readdirSync(join(base, build)).map((name) => join(base, build, name)),
  );
}

void describe("compiled code", () => {
  void test("is kept once, for its user alone", (t) => {
    const folder = home(t);
    const said = help({ HOME: folder });
    const [file = "", ...more] = kept(folder);
    assert.deepEqual(more, []);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(join(file, "..")).mode & 0o777, 0o700);
    const before = statSync(file);
    assert.equal(help({ HOME: folder }), said);
    assert.equal(statSync(file).ino, before.ino, "written again");
  });

  void test("of other versions is dropped when it is a month old, and nothing else", (t) => {
    const folder = home(t);
    const base = join(folder, ".cache/smartbuild");
    const [old, newer, other] = [
      "v24.1.0-x64-0123456789abcdef",
      "v24.1.0-x64-fedcba9876543210",
      "x",
    ];
    for (const name of [old, newer, other]) {
      mkdirSync(join(base, name), { recursive: true });
      writeFileSync(join(base, name, "run-main.cjs"), "");
      const days = name === newer ? 29 : 31;
      const then = Date.now() / 1000 - days * 24 * 60 * 60;
      utimesSync(join(base, name), then, then);
    }
    help({ HOME: folder });
    const left = readdirSync(base);
    assert.equal(left.length, 3);
    assert.ok(left.includes(newer) && left.includes(other), left.join(" "));
  });

  void test("is kept where XDG_CACHE_HOME says", (t) => {
    const folder = home(t);
    help({ HOME: "/nonexistent", XDG_CACHE_HOME: join(folder, ".cache") });
    assert.equal(kept(folder).length, 1);
  });

  void test("is not kept of what was mistyped", (t) => {
    const folder = home(t);
    const env = { ...plainEnvironment(), HOME: folder, XDG_CACHE_HOME: undefined };
    const { status } = spawnSync(process.execPath, [program, "statsu"], { env });
    assert.equal(status, 64);
    assert.deepEqual(readdirSync(folder), []);
  });

  void test("is made anew where it is damaged", (t) => {
    const folder = home(t);
    const said = help({ HOME: folder });
    const [file = ""] = kept(folder);
    const good = readFileSync(file);
    const holes = Buffer.from(good);
    holes.fill(0, good.length >> 1, (good.length >> 1) + 4000);
    for (const damaged of [
      holes,
      good.subarray(0, 1000),
      Buffer.from("not code"),
      Buffer.alloc(0),
    ]) {
      writeFileSync(file, damaged);
      assert.equal(help({ HOME: folder }), said);
      assert.notDeepEqual(readFileSync(file), damaged, "left damaged");
    }
  });

  void test("is missed by nobody: no home, one that cannot be written, a file in its place", (t) => {
    help({ HOME: undefined });
    help({ HOME: "/proc" });
    const folder = home(t);
    mkdirSync(join(folder, ".cache"));
    writeFileSync(join(folder, ".cache/smartbuild"), "");
    help({ HOME: folder });
  });
});
