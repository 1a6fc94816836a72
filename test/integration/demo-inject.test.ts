// Invariant: each way to break the demo breaks it for real, is found by its cause, and is taken back
// without a trace.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { isInjected } from "../../src/commands/demo-inject.ts";
import { run } from "../support/smartbuild.ts";

const base = realpathSync(mkdtempSync(join(tmpdir(), "smartbuild-inject-")));
after(() => {
  rmSync(base, { recursive: true, force: true });
});

const layouts = ["classic", "modern"] as const;

async function demo(
  layout: (typeof layouts)[number],
  ...args: readonly string[]
): ReturnType<typeof run> {
  return run(["demo", layout, "--layout", layout, ...args], { cwd: base });
}

/** What git calls changed in the tree and in its projects. */
function changed(layout: string): string {
  const folders = ["", "projects/illumos", "projects/illumos-extra"];
  return folders
    .map((folder) => {
      const cwd = join(base, layout, folder);
      return spawnSync("git", ["status", "--short"], { cwd, encoding: "utf8" }).stdout;
    })
    .join("");
}

for (const layout of layouts) {
  describe(`the ${layout} demo, broken on purpose`, () => {
    it("fails in configure where a fragment has no closing quote", async () => {
      const broken = await demo(layout, "--inject", "bad-fragment", "--plain");
      assert.equal(broken.code, 2, broken.stderr);
      assert.match(
        broken.stderr,
        /^Broken on purpose: [^]*\.\nTo mend it: [^]*, or:\n {2}smartbuild demo /m,
      );
      const told = broken.stderr.split("\n");
      assert.ok(
        told.every((line) => line.length < 80),
        broken.stderr,
      );
      // The command is a line that can be copied as it stands.
      const modern = layout === "modern" ? " --layout modern" : "";
      assert.ok(told.includes(`  smartbuild demo ${layout}${modern} --mend`), broken.stderr);
      assert.match(broken.stdout, /The shell stopped in configure[.-]\w+ line \d+: unexpected EOF/);
      const mended = await demo(layout, "--mend", "--no-run");
      assert.match(mended.stderr, /^Mended configure[.-]\w+\.$/m);
      assert.equal(changed(layout), "");
    });

    it("fails on a device that is full", async () => {
      const broken = await demo(layout, "--inject", "disk-full", "--plain");
      assert.equal(broken.code, 2, broken.stderr);
      assert.match(broken.stdout, /configure: There is no room left: No space left on device/);
      const mended = await demo(layout, "--mend", "--no-run");
      assert.match(mended.stderr, /^Mended projects\/illumos\/illumos\.sh\.$/m);
      assert.equal(isInjected(join(base, layout), "disk-full"), false);
      const built = await run(["run", "configure", "--plain"], { cwd: join(base, layout) });
      assert.equal(built.code, 0, built.stdout);
      assert.equal(changed(layout), "");
    });

    it("has a source that does not compile", async () => {
      const compile = (): string =>
        spawnSync("gcc", ["-std=gnu99", "-fsyntax-only", "bootparams.c"], {
          cwd: join(base, layout, "src"),
          encoding: "utf8",
          env: { ...process.env, LC_ALL: "C" },
        }).stderr;
      assert.doesNotMatch(compile(), /error/);
      assert.equal((await demo(layout, "--inject", "compile-error", "--no-run")).code, 0);
      assert.match(compile(), /bootparams\.c:\d+:\d+: error: expected ';'/);
      // A second time changes nothing more.
      assert.equal((await demo(layout, "--inject", "compile-error", "--no-run")).code, 0);
      assert.match(changed(layout), /^ M src\/bootparams\.c\n$/);
      assert.equal(isInjected(join(base, layout), "compile-error"), true);
      assert.equal(isInjected(join(base, layout), "bad-fragment"), false);
      const source = join(base, layout, "src/bootparams.c");
      writeFileSync(source, readFileSync(source, "utf8").replace(`puts("'")\n`, `puts("'");\n`));
      assert.equal(isInjected(join(base, layout), "compile-error"), false, "mended by hand");
      await demo(layout, "--inject", "compile-error", "--no-run");
      await demo(layout, "--mend", "--no-run");
      assert.equal(changed(layout), "");
    });

    it("has a component that does not install what a manifest asks for", async () => {
      await demo(layout, "--inject", "missing-file", "--no-run");
      assert.match(changed(layout), /^ m projects\/illumos-extra\n M curl\/Makefile\n$/);
      const why = await run(["manifest", "why", "usr/bin/curl"], { cwd: join(base, layout) });
      assert.match(why.stdout, /projects\/illumos-extra\/manifest:\d+/);
      const mended = await demo(layout, "--mend", "--no-run");
      assert.match(mended.stderr, /curl\/Makefile/);
      assert.equal(changed(layout), "");
    });
  });
}

describe("--inject", () => {
  it("knows four faults, and says which", async () => {
    const { code, stderr } = await demo("classic", "--inject", "fire");
    assert.equal(code, 64);
    assert.match(stderr, /There are: missing-file, compile-error, bad-fragment, disk-full\./);
  });
});
