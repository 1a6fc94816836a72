// Invariant: the mouse is the terminal's own until it is asked for, and again whenever the console is
// not on screen.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { commands } from "../../src/ui/keymap.ts";
import { counting, holding, ScreenBuild } from "../support/screen-build.ts";
import type { Terminal } from "../support/tmux.ts";

const build = new ScreenBuild({ "1-extra-stamp": [...counting(300), ...holding] });
after(() => {
  build.close();
});

/** What a terminal sends for the mouse, columns and rows from 1 (SGR, mode 1006). */
function report(terminal: Terminal, button: number, column: number, row: number): void {
  terminal.keys("-l", `\u001b[<${String(button)};${String(column)};${String(row)}M`);
}

function isTaken(terminal: Terminal): boolean {
  return terminal.property("mouse_any_flag") === "1";
}

test("check 21: mouse off by default, a key toggles it, off again after the end", async (t) => {
  for (const { id, keys } of commands) assert.ok(keys.length > 0, `${id} has a key`);

  const shell = build.shell(["bash", "--norc", "-i"], { env: { PS1: "ready " } });
  await shell.waitFor("ready");
  shell.keys(`${build.program} run`, "Enter");
  await shell.waitFor("file300.c");
  assert.equal(isTaken(shell), false, "off by default");

  shell.keys("M");
  const on = await shell.waitFor(/^.* mouse .*extra|^.* mouse .*running/m);
  assert.ok(isTaken(shell));
  assert.match(on.split("\n")[0] ?? "", / mouse /);

  // A click selects a stage, the wheel scrolls the log, a click chooses a line of it.
  const rows = shell.rows();
  const strap = rows.findIndex((row) => /^.✓ strap/.test(row)) + 1;
  report(shell, 0, 5, strap);
  await shell.waitFor(/^›.*strap/m);
  const extra = rows.findIndex((row) => /^..? ?\S? ?extra/.test(row)) + 1;
  report(shell, 0, 5, extra);
  await shell.waitFor("file300.c");
  for (let notches = 0; notches < 20; notches++) report(shell, 64, 60, 10);
  const scrolled = await shell.waitFor((screen) => !screen.includes("file300.c"));
  assert.match(scrolled, /paused|\d+-\d+ of/);
  report(shell, 0, 60, 8);
  await shell.waitFor(() => /›/.test((shell.rows()[7] ?? "").slice(30)));

  // Not while it sleeps, nor while the mouse is turned off.
  shell.keys("C-z");
  await shell.waitFor("Stopped");
  assert.equal(isTaken(shell), false, "off while suspended");
  shell.keys("fg", "Enter");
  await shell.waitFor(/^.* mouse /m);
  assert.ok(isTaken(shell), "on again");
  shell.keys("M");
  await shell.waitFor("The mouse is the terminal's again");
  assert.equal(isTaken(shell), false, "off by the same key");
  shell.keys("M");
  await shell.waitFor(/^.* mouse /m);
  shell.keys("q");
  await shell.waitFor("To see it again");
  assert.equal(isTaken(shell), false, "off after q");

  // On from the start where a person has set it so, and off after a signal.
  build.tree.write("config/smartbuild/config.json", '{ "mouse": true }');
  const set = build.open(["attach"], { env: { XDG_CONFIG_HOME: `${build.tree.root}/config` } });
  await set.waitFor(/^.* mouse /m);
  assert.ok(isTaken(set));
  for (const pid of set.pids("cli.js attach")) process.kill(pid, "SIGTERM");
  await set.waitFor("exit=143");
  assert.equal(isTaken(set), false, "off after SIGTERM");
  t.diagnostic(`${String(commands.length)} actions, each with a key`);
});
