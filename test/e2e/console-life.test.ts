// Invariant: however a console ends, the terminal is usable, the build goes on unless it was asked
// to stop, and a new console shows it whole.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it } from "node:test";
import { counting, holding, ScreenBuild } from "../support/screen-build.ts";
import { until } from "../support/smartbuild.ts";
import type { Terminal } from "../support/tmux.ts";

const curl = "echo curl > proto/usr/bin/curl";
const recipes = { "1-extra-stamp": [...counting(60), ...holding, curl, "echo released"] };

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
    assert.match(all, /● extra +00:\d\d/);
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

  it("by kill -9 leaves a terminal that the next console mends", async () => {
    build.tree.write("config/smartbuild/config.json", '{ "mouse": true }');
    const attach = `${build.program} attach`;
    // This shell mends nothing by itself, as an interactive bash would.
    const shell = build.shell(
      ["sh", "-c", `${attach}; ${attach}; echo code=$?; stty -a; echo left`],
      {
        env: { XDG_CONFIG_HOME: `${build.tree.root}/config` },
      },
    );
    await shell.waitFor("file60.c");
    const [first] = shell.pids("cli.js attach");
    assert.ok(first !== undefined);
    process.kill(first, "SIGKILL");
    await until("the next console runs", () =>
      shell.pids("cli.js attach").some((pid) => pid !== first),
    );
    // The screen is the first one's until a key shows that there is another.
    shell.keys("?");
    await shell.waitFor(/ Keys +1-/);
    shell.keys("Escape");
    await shell.waitFor((screen) => !/ Keys +1-/.test(screen));
    shell.keys("q");
    await shell.waitFor("left");
    assertUsable(shell);
    assert.match(shell.screen(), /^code=0$/m);
    assert.doesNotMatch(shell.screen(), /Warning|-(?:icanon|echo|isig|icrnl|opost)\b/);
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
