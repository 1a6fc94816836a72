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
import { after, before, describe, it } from "node:test";
import { findingKey, type AuditFinding } from "../../src/engine/audit/finding.ts";
import { addUnsoundFiles } from "../support/unsound-files.ts";

const cli = join(import.meta.dirname, "../../dist/cli.js");
const stamp = "20260102T030405Z";
const environment = { ...process.env, BUILDSTAMP: stamp, CI: "" };
/** What is typed by hand to get all that smartbuild leaves in the proto area. */
const byHandIn = {
  classic: "./configure && make world",
  modern: "./configure && make world && make $PWD/proto/usr/share/man/man.cf",
} as const;

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

for (const layout of ["classic", "modern"] as const) {
  describe(`the ${layout} demo tree`, () => {
    const base = realpathSync(mkdtempSync(join(tmpdir(), "smartbuild-demo-")));
    const tree = join(base, "tree");
    let byHand: string[];

    // Both are built in the same folder, one after the other: some paths end up in what is built.
    before(() => {
      const demo = [cli, "demo", tree, "--no-run", "--layout", layout];
      execFileSync(process.execPath, demo, { cwd: base, env: environment });
      cpSync(tree, join(base, "origin"), { recursive: true, preserveTimestamps: true });
      const make = spawnSync("/bin/bash", ["-c", byHandIn[layout]], {
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

    after(() => {
      rmSync(base, { recursive: true, force: true });
    });

    function smartbuild(...argv: string[]): {
      status: number | null;
      stdout: string;
      ms: number;
    } {
      const began = performance.now();
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], {
        cwd: tree,
        env: environment,
        encoding: "utf8",
      });
      return { status, stdout: stdout + stderr, ms: performance.now() - began };
    }

    it("is built by run --plain as by make, and gets a platform tarball", (t) => {
      const run = smartbuild("run", "--plain");
      assert.equal(run.status, 0, run.stdout);
      const seconds = (run.ms / 1000).toFixed(1);
      t.diagnostic(`built in ${seconds} s, ${byHand.length} paths in the proto area`);
      assert.deepEqual(inventory(join(tree, "proto")), byHand);
      assert.equal(run.stdout.includes("\u001b"), false, "no escape sequence without a terminal");
      const latest = join(tree, "output/platform-latest.tgz");
      const members = execFileSync("tar", ["tzf", latest], { encoding: "utf8" }).split("\n");
      assert.ok(members.includes(`platform-${stamp}/i86pc/amd64/boot_archive`));
    });

    it("has a clean image", () => {
      const image = "output/platform-latest/i86pc/amd64/boot_archive";
      const verify = smartbuild("image", "verify", image);
      assert.equal(verify.status, 0, verify.stdout);
      assert.match(verify.stdout, /clean: everything is as it should be/);
    });

    if (layout === "modern") {
      it("gets a boot tarball that is named by its stamp", () => {
        const tarball = join(tree, `output/boot-${stamp}.tgz`);
        const version = execFileSync("tar", ["xzOf", tarball, "etc/version/boot"]);
        assert.equal(version.toString("utf8"), `${stamp}\n`);
      });
    }

    it("is up to date at once in a second run", (t) => {
      const run = smartbuild("run", "--plain");
      t.diagnostic(`second run: ${run.ms.toFixed(0)} ms, limit 1000 ms`);
      assert.equal(run.status, 0);
      assert.match(run.stdout, /^Nothing to build: all \d+ stages are up to date/);
      assert.ok(run.ms < 3000);
    });

    it("has a changed component alone rebuilt and packed again", () => {
      const run = smartbuild("run", "extra/curl", "live", "--plain");
      assert.equal(run.status, 0, run.stdout);
      assert.match(run.stdout, /extra\/curl succeeded/);
      assert.match(run.stdout, /live succeeded/);
      assert.doesNotMatch(run.stdout, /illumos started/);
    });

    it("is audited alike by its manifest and by its image", (t) => {
      const image = "output/platform-latest";
      // An image does not tell what is in the proto area only.
      const rules = "rpath,libraries,interpreters,links,host-leaks,modes";
      const audit = (...words: readonly string[]): readonly string[] => {
        const { stdout } = smartbuild("audit", "--json", "--rule", rules, ...words);
        const { fresh } = JSON.parse(stdout) as { readonly fresh: readonly AuditFinding[] };
        return fresh.map(findingKey).sort();
      };
      assert.deepEqual(audit(), []);
      assert.deepEqual(audit("--image", image), []);
      addUnsoundFiles(tree);
      const run = smartbuild("run", "live", "--plain");
      assert.equal(run.status, 0, run.stdout);
      const found = audit();
      assert.deepEqual(audit("--image", image), found);
      t.diagnostic(`${found.length} findings in both`);
      assert.ok(found.length >= 20, found.join("\n"));
    });
  });
}
