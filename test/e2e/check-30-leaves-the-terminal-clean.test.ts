// Invariant: however the console ends, the terminal is as it was, and the build is none the worse.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { counting, holding, ScreenBuild } from "../support/screen-build.ts";
import type { Terminal } from "../support/tmux.ts";

const build = new ScreenBuild({
  "1-extra-stamp": [...counting(60), ...holding, "echo curl > proto/usr/bin/curl"],
});
after(() => {
  build.close();
});

/** A shell in which a console has been opened with the mouse on. */
async function consoleIn(
  command: string,
  sign: string,
  env: Record<string, string> = {},
): Promise<{ readonly terminal: Terminal; readonly bytes: () => string }> {
  const terminal = build.shell(["bash", "--norc", "-i"], {
    env: { PS1: "ready ", ...env, XDG_CONFIG_HOME: `${build.tree.root}/config` },
  });
  await terminal.waitFor("ready");
  const path = terminal.record();
  terminal.keys("-l", `${command}; echo over=$?`);
  terminal.keys("Enter");
  await terminal.waitFor(sign);
  assert.equal(terminal.property("alternate_on"), "1");
  assert.equal(terminal.property("mouse_any_flag"), "1");
  return { terminal, bytes: () => readFileSync(path, "latin1") };
}

async function assertClean(terminal: Terminal, bytes: string, how: string): Promise<void> {
  for (const [property, value] of [
    ["alternate_on", "0"],
    ["mouse_any_flag", "0"],
    ["mouse_sgr_flag", "0"],
    ["cursor_flag", "1"],
    ["wrap_flag", "1"],
  ] as const) {
    assert.equal(terminal.property(property), value, `${property} after ${how}`);
  }
  const progress = [...bytes.matchAll(/\u001b\]9;4;(\d)/g)].map(([, state]) => state);
  assert.equal(progress.at(-1), "0", `progress after ${how}: ${progress.join("")}`);
  assert.match(bytes, /\u001b\[\?2004l/, `bracketed paste after ${how}`);
  // What is typed is seen, and Enter ends it.
  terminal.keys("-l", "echo typed-$((40+2))");
  await terminal.waitFor("echo typed-$((40+2))");
  terminal.keys("Enter");
  await terminal.waitFor(/^typed-42$/m);
}

test("check 30: the terminal is clean after q, signals and an error; history has the run", async (t) => {
  build.tree.write("config/smartbuild/config.json", '{ "mouse": true }');
  const ends: string[] = [];

  const quit = await consoleIn(`${build.program} run`, "file60.c");
  // tmux keeps of a larger alternate screen what the normal one had no rows for.
  quit.terminal.resize(200, 60);
  await quit.terminal.waitFor(/─┬─{100}/);
  quit.terminal.keys("q");
  await quit.terminal.waitFor(/^over=0$/m);
  assert.doesNotMatch(quit.terminal.scrollback(), /│|file60\.c/);
  await assertClean(quit.terminal, quit.bytes(), "q");
  ends.push("q");

  for (const [signal, code] of [
    ["SIGTERM", 143],
    ["SIGINT", 130],
  ] as const) {
    const { terminal, bytes } = await consoleIn(`${build.program} attach`, "file60.c");
    for (const pid of terminal.pids("cli.js attach")) process.kill(pid, signal);
    await terminal.waitFor(new RegExp(`^over=${String(code)}$`, "m"));
    await assertClean(terminal, bytes(), signal);
    ends.push(signal);
  }

  // Injected: the test's own console throws when it reads a certain line.
  const top = join(import.meta.dirname, "../..");
  const program = join(top, "test/support/screen-console.ts");
  const folder = build.run("status", "--json").output.match(/"build": ?"([^"]+)"/)?.[1] ?? "";
  const tsx = `(cd ${top} && exec ${process.execPath} --import tsx ${program}`;
  const broken = await consoleIn(
    `${tsx} ${build.tree.root} ${build.tree.root}/log/smartbuild/${folder})`,
    "file60.c",
    { FAIL_ON: "cc -O2 -c file2.c" },
  );
  broken.terminal.keys("g");
  await broken.terminal.waitFor(/^over=70$/m);
  await assertClean(broken.terminal, broken.bytes(), "an error");
  assert.match(broken.terminal.scrollback(), /Error: the test asked for it: /);
  assert.match(broken.terminal.scrollback(), /Build \S+ still runs/);
  ends.push("an error");

  // All the while the build went on.
  assert.match(build.run("status", "--json").output, /"state": ?"running"/);
  build.release();
  const last = build.open(["attach"]);
  await last.waitFor(/Done: output\/platform-/);
  last.keys("q");
  await last.waitFor("exit=0");
  const history = build.run("history").output;
  assert.match(history, new RegExp(`${folder}.* succeeded`));
  assert.match(history, /extra \d+:\d\d/);
  assert.match(history, new RegExp(`log/smartbuild/${folder}`));
  t.diagnostic(`clean after ${ends.join(", ")}`);
});
