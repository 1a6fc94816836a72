// Invariant: however a console ends, the terminal is usable, the build goes on unless it was asked
// to stop, and a new console shows it whole.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { after, afterEach, beforeEach, describe, it } from "node:test";
import { counting, holding, ScreenBuild } from "../support/screen-build.ts";
import type { Terminal } from "../support/tmux.ts";

const curl = "echo curl > proto/usr/bin/curl";
const recipes = { "1-extra-stamp": [...counting(60), ...holding, curl, "echo released"] };

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The terminal as a shell wants it: primary screen, cursor, no mouse. */
function assertUsable(terminal: Terminal): void {
  assert.equal(terminal.property("alternate_on"), "0");
  assert.equal(terminal.property("cursor_flag"), "1");
  assert.equal(terminal.property("wrap_flag"), "1");
  assert.equal(terminal.property("mouse_any_flag"), "0");
}

describe("leaving the console", () => {
  let build: ScreenBuild;
  let terminal: Terminal;
  beforeEach(async () => {
    build = new ScreenBuild(recipes);
    terminal = build.shell(["sh", "-c", `seq 30; ${build.program} run; echo left=$?`]);
    await terminal.waitFor("file60.c");
  });
  afterEach(() => {
    build.close();
  });

  it("by q leaves a summary under the earlier lines, and the build goes on", async () => {
    assert.equal(terminal.property("alternate_on"), "1");
    terminal.keys("q");
    await terminal.waitFor("left=0");
    const all = terminal.scrollback();
    assert.match(all, /^29\n30\nBuild \S+ still runs after/m);
    assert.match(all, /● extra +0:\d\d/);
    assert.match(all, /To see it again: smartbuild attach/);
    assertUsable(terminal);
    const again = build.open(["attach"], { cols: 100, rows: 30 });
    await again.waitFor("file60.c");
    build.release();
    await again.waitFor(/Done: output\/platform-/);
    again.keys("q");
    await again.waitFor("exit=0");
    assert.match(again.screen(), /made {4}output\/platform-\S+ \(\d/);
  });

  it("by kill -9 leaves the build running, and attach shows it whole", async () => {
    const consoles = terminal.pids("cli.js run");
    assert.ok(consoles.length > 0);
    for (const pid of consoles) process.kill(pid, "SIGKILL");
    await terminal.waitFor("left=137");
    const again = build.open(["attach"]);
    await again.waitFor("file60.c");
    again.keys("g");
    await again.waitFor("file1.c");
    build.release();
    await again.waitFor("Done: output/platform-");
  });

  it("by closing the terminal ends the console alone", async () => {
    const consoles = terminal.pids("cli.js run");
    assert.ok(consoles.length > 0);
    terminal.close();
    while (consoles.some(isAlive)) await setTimeout(20);
    const again = build.open(["attach"]);
    await again.waitFor("file60.c");
    build.release();
    await again.waitFor("Done: output/platform-");
  });

  it("by SIGTERM gives the terminal back, and the build goes on", async () => {
    for (const pid of terminal.pids("cli.js run")) process.kill(pid, "SIGTERM");
    await terminal.waitFor("left=143");
    assertUsable(terminal);
    assert.match(terminal.screen(), /To see it again: smartbuild attach/);
    assert.match(build.run("status", "--json").output, /"state": ?"running"/);
  });

  it("by Ctrl-C asks first, with cancel chosen", async () => {
    terminal.keys("C-c");
    await terminal.waitFor("[cancel]");
    assert.match(terminal.screen(), /Stop the build \(extra runs\)\?/);
    terminal.keys("Enter");
    await terminal.waitFor(
      (screen) => !screen.includes("[cancel]") && screen.includes("following"),
    );
    terminal.keys("C-c", "Left");
    await terminal.waitFor("[detach]");
    terminal.keys("Enter");
    await terminal.waitFor("left=0");
    assert.match(build.run("status", "--json").output, /"state": ?"running"/);
  });

  it("by Ctrl-C twice stops the build", async () => {
    terminal.keys("C-c");
    await terminal.waitFor("[cancel]");
    terminal.keys("C-c");
    await terminal.waitFor(/^ Stopped\./m);
    terminal.keys("q");
    await terminal.waitFor("left=130");
    assert.match(terminal.screen(), /^Build \S+ was stopped after/m);
    assert.equal(existsSync(join(build.tree.root, "1-extra-stamp")), false);
  });

  it("is not what Ctrl-Z does: fg brings it back as it was", async () => {
    const shell = build.shell(["bash", "--norc", "-i"], { env: { PS1: "ready " } });
    await shell.waitFor("ready");
    shell.keys(`${build.program} attach`, "Enter");
    await shell.waitFor("file60.c");
    shell.keys("C-z");
    await shell.waitFor(/Stopped/);
    assertUsable(shell);
    shell.keys("fg", "Enter");
    await shell.waitFor((screen) => screen.includes("following") && screen.includes("file60.c"));
    shell.keys("q");
    await shell.waitFor("To see it again");
  });
});

describe("the console of a workspace", () => {
  const build = new ScreenBuild({
    "1-extra-stamp": ["echo 'curl.c:3:1: error: no such thing'", "test -e mended", curl],
  });
  after(() => {
    build.close();
  });

  it("starts the first build, retries what failed and shows what was made", async () => {
    const terminal = build.open([]);
    await terminal.waitFor("Nothing has been built here yet.");
    terminal.keys("b");
    await terminal.waitFor(/^ extra failed\./m);
    await terminal.waitFor("✗›curl.c:3:1: error");
    build.tree.write("mended", "");
    terminal.keys("r");
    await terminal.waitFor("Done: output/platform-");
    terminal.keys("k");
    terminal.keys(...Array.from({ length: 12 }, () => "k"), "j", "j", "j");
    await terminal.waitFor("attempt 2/2");
    terminal.keys("q");
    await terminal.waitFor("exit=0");
    assert.match(terminal.screen(), /✓ extra +0:\d\d {2}attempt 2/);
  });
});
