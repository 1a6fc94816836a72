// Invariant: an error in the console itself gives the terminal back and says what happened.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { classicPlan, ScriptedBuild } from "../support/screen-script.ts";
import { Terminal } from "../support/tmux.ts";

const workspace = mkdtempSync(join(tmpdir(), "smartbuild-crash-"));
const program = join(import.meta.dirname, "../support/screen-console.ts");
let terminal: Terminal | undefined;
after(() => {
  terminal?.close();
  rmSync(workspace, { recursive: true, force: true });
});

test("an error that nobody caught leaves a usable terminal and its message", async () => {
  const build = new ScriptedBuild(workspace);
  build.start(classicPlan);
  build.startStage("strap");
  build.output("strap", "all is well\n");
  const tsx = ["--import", "tsx", program];
  terminal = Terminal.start([process.execPath, ...tsx, workspace, build.folder], {
    cwd: join(import.meta.dirname, "../.."),
    env: { FAIL_ON: "boom" },
  });
  await terminal.waitFor("all is well");
  assert.equal(terminal.property("alternate_on"), "1");
  const bytes = terminal.record();
  build.output("strap", "boom\n");
  await terminal.waitFor("exit=70");
  assert.match(terminal.screen(), /Error: the test asked for it: boom/);
  assert.match(terminal.screen(), /Build \S+ still runs/);
  assert.equal(terminal.property("alternate_on"), "0");
  assert.equal(terminal.property("cursor_flag"), "1");
  assert.equal(terminal.property("wrap_flag"), "1");
  const progress = [...readFileSync(bytes, "latin1").matchAll(/\x1b\]9;4;(\d);/g)];
  assert.equal(progress.at(-1)?.[1], "0");
});
