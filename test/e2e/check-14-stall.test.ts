// Invariant: a stage counts as quiet by its output alone; what it waits for is a real process.
import assert from "node:assert/strict";
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { defaultUserConfig } from "../../src/engine/settings/user-config.ts";
import { holding, ScreenBuild } from "../support/screen-build.ts";

test("check 14: a quiet stage names its oldest process, until the next line", async (t) => {
  assert.equal(defaultUserConfig.quietSeconds, 120);
  const config = mkdtempSync(join(tmpdir(), "smartbuild-config-"));
  mkdirSync(join(config, "smartbuild"));
  writeFileSync(join(config, "smartbuild/config.json"), '{ "quietSeconds": 2 }\n');
  const build = new ScreenBuild({
    "1-extra-stamp": ["echo begun", "cat gate", "echo going on", ...holding],
  });
  t.after(() => {
    build.close();
    rmSync(config, { recursive: true });
  });
  const gate = build.tree.gate("gate");
  const env = { XDG_CONFIG_HOME: config };
  const terminal = build.open(["run"], { env });
  await terminal.waitFor("begun");
  const began = performance.now();
  const quiet = await terminal.waitFor(/^ {3}quiet \d\d:\d\d: cat gate \(\d\d:\d\d\)/m);
  t.diagnostic(`told after ${((performance.now() - began) / 1000).toFixed(1)} s of 2 s`);
  assert.match(quiet, /^›\S extra /m);
  const small = build.open(["attach"], { cols: 40, rows: 12, env });
  await small.waitFor(/^›\S extra {2}quiet \d\d:\d\d: cat gate/m);
  small.close();
  writeFileSync(gate, "a line\n");
  const asked = performance.now();
  const clear = await terminal.waitFor((screen) => !screen.includes("quiet"));
  t.diagnostic(`cleared ${(performance.now() - asked).toFixed(0)} ms after the next line`);
  assert.match(clear, /^›\S extra /m);
});
