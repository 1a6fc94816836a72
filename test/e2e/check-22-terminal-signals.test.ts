// Invariant: what is asserted are the raw bytes that the terminal got, and what tmux made of them.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as turn } from "node:timers/promises";
import { holding, ScreenBuild } from "../support/screen-build.ts";
import { bundleConsole } from "../support/screen-bundle.ts";
import { classicPlan, ScriptedBuild } from "../support/screen-script.ts";
import { Terminal } from "../support/tmux.ts";

const osc = /\x1b\](\d+;[^\x07\x1b]*)(?:\x07|\x1b\\)/g;

/** The sequences that a terminal got, and the bells between them. */
function signals(file: string): { readonly told: readonly string[]; readonly bells: number } {
  const bytes = readFileSync(file, "latin1");
  return {
    told: [...bytes.matchAll(osc)].map(([, text = ""]) => text),
    bells: bytes.replace(osc, "").split("\x07").length - 1,
  };
}

/** Waits until a file of raw bytes holds what is wanted: tmux writes it in its own time. */
async function waitForBytes(file: string, fits: (found: ReturnType<typeof signals>) => boolean) {
  const until = performance.now() + 20_000;
  while (performance.now() < until) {
    if (fits(signals(file))) return;
    await turn(40);
  }
  assert.fail(`not among the bytes: ${signals(file).told.join(" | ")}`);
}

test("check 22: title, progress, links and bell, each with a switch", async (t) => {
  const scratch = mkdtempSync(join(tmpdir(), "smartbuild-signals-"));
  const config = (name: string, text: string): Readonly<Record<string, string>> => {
    mkdirSync(join(scratch, name, "smartbuild"), { recursive: true });
    writeFileSync(join(scratch, name, "smartbuild/config.json"), text);
    return { XDG_CONFIG_HOME: join(scratch, name) };
  };
  const build = new ScreenBuild({
    "1-extra-stamp": ["echo begun", ...holding, "echo 'curl.c:3:1: error: no such thing'; exit 1"],
  });
  const terminals: Terminal[] = [];
  t.after(() => {
    build.close();
    for (const each of terminals) each.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  // While it runs, when it fails, and at the end.
  const terminal = build.shell(["sh", "-c", "sleep 0.5; exec " + build.program + " run"], {
    env: config("usual", "{}"),
  });
  const bytes = terminal.record();
  const before = terminal.property("pane_title");
  await terminal.waitFor("begun");
  await waitForBytes(bytes, ({ told }) => told.some((each) => /^9;4;1;\d+$/.test(each)));
  assert.match(terminal.property("pane_title"), /^extra \d+ % - smartbuild-tree-/);
  build.release();
  await terminal.waitFor(/^ extra failed\./m);
  await waitForBytes(bytes, ({ told }) => told.some((each) => /^9;4;2;\d+$/.test(each)));
  assert.match(terminal.property("pane_title"), /^extra failed - /);
  terminal.keys("q");
  await terminal.waitFor("exit=2");
  await waitForBytes(bytes, ({ told }) => told.at(-1) === "9;4;0;0");
  assert.equal(terminal.property("pane_title"), before);
  const { told, bells } = signals(bytes);
  assert.equal(bells, 0, "no bell after a run of a few seconds");
  const links = told.filter((each) => each.startsWith("8;;file://"));
  assert.ok(links.includes(`8;;file://${hostname()}${build.tree.root}`), "the workspace");
  assert.ok(
    links.includes(`8;;file://${hostname()}${build.tree.root}/curl.c`),
    "the file that a problem names",
  );
  t.diagnostic(`${told.length} sequences, ${links.length} of them links`);

  // Suspended: nothing is left in the terminal.
  const shell = build.shell(["bash", "--norc", "-i"], {
    env: { PS1: "ready ", ...config("shell", "{}") },
  });
  await shell.waitFor("ready");
  shell.keys(`${build.program} attach`, "Enter");
  await shell.waitFor(/^ extra failed\./m);
  const suspended = shell.record();
  shell.keys("C-z");
  await shell.waitFor("Stopped");
  await waitForBytes(suspended, (found) => found.told.at(-1) === "9;4;0;0");
  shell.keys("fg", "Enter");
  await shell.waitFor(/^ extra failed\./m);
  await waitForBytes(suspended, (found) => /^9;4;2;/.test(found.told.at(-1) ?? ""));
  shell.keys("q");

  // Each can be turned off.
  const off = '{ "title": false, "progress": false, "links": false, "bell": false }';
  const silent = build.open(["attach"], { env: config("off", off) });
  const none = silent.record();
  silent.resize(100, 30);
  await silent.waitFor(/^ extra failed\./m);
  silent.keys("j", "k", "q");
  await silent.waitFor("exit=2");
  assert.deepEqual(signals(none), { told: [], bells: 0 });

  // A run of more than a minute rings once, when it is over.
  const program = await bundleConsole(scratch);
  const workspace = join(scratch, "tree");
  mkdirSync(workspace);
  const long = new ScriptedBuild(workspace, "0001-20261123T101500Z");
  long.start(classicPlan, new Date(Date.now() - 90_000));
  long.startStage("strap", 1, new Date(Date.now() - 89_000));
  const files = [config("ring", "{}"), config("mute", '{ "bell": false }')].map((env) => {
    const console = Terminal.start([process.execPath, program, workspace, long.folder], { env });
    terminals.push(console);
    return { console, bytes: console.record() };
  });
  for (const { console } of files) await console.waitFor(/›\S strap/);
  long.endStage("strap", "failed", 89_000, 2);
  long.end("failed", 2, 90_000);
  for (const { console } of files) {
    await console.waitFor(/^ strap failed\./m);
    console.keys("q");
    await console.waitFor("exit=0");
  }
  assert.deepEqual(
    files.map((file) => signals(file.bytes).bells),
    [1, 0],
  );
});
