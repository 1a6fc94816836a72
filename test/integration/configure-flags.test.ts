// Invariant: the flags that a person sets are those that the tree's configure gets, in the next build.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../support/smartbuild.ts";

test("configure gets the flags, and a change of them makes it stale", async (t) => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "smartbuild-flags-")));
  t.after(() => {
    rmSync(base, { recursive: true, force: true });
  });
  const root = join(base, "tree");
  const made = await run(["demo", root, "--no-run", "--layout", "modern"], { cwd: base });
  assert.equal(made.code, 0, made.stderr);
  const at = { cwd: root };
  const configured = async (): Promise<string> => {
    const built = await run(["run", "configure", "--plain"], at);
    assert.equal(built.code, 0, built.stdout + built.stderr);
    return readFileSync(join(root, "build.env"), "utf8");
  };
  const reasons = async (): Promise<string> => {
    const { stdout } = await run(["plan", "configure", "strap"], at);
    return /^ *configure .*$/m.exec(stdout)?.[0] ?? stdout;
  };

  const set = await run(["config", "set", "configure-flags.d", "yes"], at);
  assert.match(set.stdout, /^\+-d$/m);
  assert.match(set.stdout, /runs again: configure, .*illumos/);
  assert.match(await configured(), /^ILLUMOS_ENABLE_DEBUG=exclusive$/m);

  await run(["config", "set", "configure-flags.p", "gcc14"], at);
  assert.match(await reasons(), /the setting configure-flags changed/);
  assert.match(await configured(), /^PRIMARY_COMPILER=gcc14$/m);

  await run(["config", "unset", "configure-flags.d"], at);
  const left = await configured();
  assert.match(left, /^ILLUMOS_ENABLE_DEBUG=no$/m);
  assert.match(left, /^FORCE_STRAP_REBUILD=yes$/m);
  const listed = await run(["config", "list"], at);
  assert.match(listed.stdout, /^ {2}configure-flags\.p +gcc14 {2}\(smartbuild\.configure:2\)$/m);
});
