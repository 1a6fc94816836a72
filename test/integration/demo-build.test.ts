// Invariant: what smartbuild builds is what make builds, compared file by file on the bundled tree.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";

const cli = join(import.meta.dirname, "../../dist/cli.js");
const base = realpathSync(mkdtempSync(join(tmpdir(), "smartbuild-demo-")));
const tree = join(base, "tree");
const environment = { ...process.env, BUILDSTAMP: "20260102T030405Z", CI: "" };

after(() => {
  rmSync(base, { recursive: true, force: true });
});

function smartbuild(...argv: string[]): { status: number | null; stdout: string; ms: number } {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], {
    cwd: tree,
    env: environment,
    encoding: "utf8",
  });
  return { status, stdout: stdout + stderr, ms: performance.now() - began };
}

/** Path, type, mode and contents of all below a folder, a line each. */
function inventory(folder: string, at = folder): string[] {
  return readdirSync(at)
    .toSorted()
    .flatMap((name) => {
      const path = join(at, name);
      const stat = lstatSync(path);
      const mode = (stat.mode & 0o7777).toString(8);
      const shown = relative(folder, path);
      if (stat.isSymbolicLink()) return [`${shown} -> ${readlinkSync(path)}`];
      if (stat.isDirectory()) return [`${shown}/ ${mode}`, ...inventory(folder, path)];
      const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
      return [`${shown} ${mode} ${stat.nlink} ${hash}`];
    });
}

let byHand: string[];

// Both are built in the same folder, one after the other: some paths end up in what is built.
before(() => {
  execFileSync(process.execPath, [cli, "demo", tree, "--no-run"], { cwd: base, env: environment });
  cpSync(tree, join(base, "origin"), { recursive: true, preserveTimestamps: true });
  const make = spawnSync("/bin/bash", ["-c", "./configure && make world"], {
    cwd: tree,
    env: { ...environment, PWD: tree },
    // Not a pipe of Node's, which is a socket: bash would read .bashrc.
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  assert.equal(make.status, 0, make.stderr.slice(-2000));
  byHand = inventory(join(tree, "proto"));
  rmSync(tree, { recursive: true });
  renameSync(join(base, "origin"), tree);
});

test("run --plain fills the proto area as make does, and makes a platform tarball", (t) => {
  const run = smartbuild("run", "--plain");
  assert.equal(run.status, 0, run.stdout);
  t.diagnostic(
    `built in ${(run.ms / 1000).toFixed(1)} s, ${byHand.length} paths in the proto area`,
  );
  assert.deepEqual(inventory(join(tree, "proto")), byHand);
  assert.equal(run.stdout.includes("\u001b"), false, "no escape sequence without a terminal");
  const latest = join(tree, "output/platform-latest.tgz");
  const members = execFileSync("tar", ["tzf", latest], { encoding: "utf8" }).split("\n");
  assert.ok(members.includes("platform-20260102T030405Z/i86pc/amd64/boot_archive"));
});

test("a second run does nothing and says so at once", (t) => {
  const run = smartbuild("run", "--plain");
  t.diagnostic(`second run: ${run.ms.toFixed(0)} ms, limit 1000 ms`);
  assert.equal(run.status, 0);
  assert.match(run.stdout, /^Nothing to build: all \d+ stages are up to date/);
  assert.ok(run.ms < 3000);
});

test("a changed component alone is rebuilt and packed again", () => {
  const run = smartbuild("run", "extra/curl", "live", "--plain");
  assert.equal(run.status, 0, run.stdout);
  assert.match(run.stdout, /extra\/curl succeeded/);
  assert.match(run.stdout, /live succeeded/);
  assert.doesNotMatch(run.stdout, /illumos started/);
});
