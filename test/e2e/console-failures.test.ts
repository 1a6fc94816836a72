// Invariant: what is asserted stands on the screen of a real terminal, or was done by the program that
// got the terminal.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { bundleConsole } from "../support/screen-bundle.ts";
import { classicPlan, ScriptedBuild } from "../support/screen-script.ts";
import { Terminal, type TerminalOptions } from "../support/tmux.ts";

const workspace = mkdtempSync(join(tmpdir(), "smartbuild-failures-"));
const folder = mkdtempSync(join(tmpdir(), "smartbuild-console-"));
const source = join(workspace, "projects/curl");
const terminals: Terminal[] = [];
let program = "";
const build = new ScriptedBuild(workspace, "0001-20261123T101500Z");

function open(options: TerminalOptions = {}): Terminal {
  const terminal = Terminal.start([process.execPath, program, workspace, build.folder], {
    cwd: workspace,
    ...options,
    env: { SHELL: "/bin/sh", ...options.env },
  });
  terminals.push(terminal);
  return terminal;
}

before(async () => {
  writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
  mkdirSync(source, { recursive: true });
  writeFileSync(join(source, "curl.c"), "int x;\n");
  writeFileSync(join(source, "Makefile"), "PROGS =\n");
  program = await bundleConsole(folder);
  build.start(classicPlan);
  build.startStage("extra");
  const quiet = (count: number): string => "cc -O2 -c file.c\n".repeat(count);
  const proof = "curl.c:12:5: error: 'foo'\tundeclared password=hunter2\n";
  const start = build.output("extra", quiet(30)) + quiet(30).length;
  build.output("extra", proof + "gmake: *** [all] Error 1\n" + quiet(30));
  const common = { stage: "extra", attempt: 1, advice: "Open the named file at that line." };
  build.event({
    type: "problem",
    problem: {
      ...common,
      id: "extra.1.a",
      kind: "compile-error",
      summary: "curl.c:12: 'foo' undeclared",
      span: { log: "extra.1.log", start, end: start + proof.length },
      lines: [31, 31],
      followOn: [[32, 32]],
      file: "curl.c",
      line: 12,
      folder: source,
      component: "curl",
      count: 3,
    },
  });
  build.event({
    type: "problem",
    problem: {
      ...common,
      id: "extra.1.b",
      kind: "entry-missing",
      summary: "usr/bin/curl is in no overlay and not in the proto area",
      manifest: "projects/curl/curl.c",
      manifestLine: 7,
      installer: {
        component: "extra/curl",
        why: "it has the same name",
        certain: false,
        makefile: "projects/curl/Makefile",
        delivered: { build: "0000-20261122T101500Z", changed: ["projects/curl/Makefile"] },
      },
    },
  });
  build.endStage("extra", "failed", 1000, 2);
  build.end("failed", 2, 2000);
});
afterEach(() => {
  for (const terminal of terminals.splice(0)) terminal.close();
});
after(() => {
  rmSync(workspace, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

describe("the failures screen", () => {
  for (const [cols, rows] of [
    [80, 24],
    [200, 60],
    [40, 12],
  ] as const) {
    it(`lists the cause first, with its proof and the next step, at ${cols}x${rows}`, async () => {
      const terminal = open({ cols, rows });
      await terminal.waitFor("extra");
      terminal.keys("f");
      const screen = await terminal.waitFor(/^›✗ curl/m);
      assert.match(screen, /^›✗ curl\.c:12: 'foo' und.* x3/m);
      assert.match(screen, /curl\.c:12:5: error: 'foo'/);
      assert.match(screen, /Open the named file at that/);
      assert.equal(terminal.rows().length, rows);
      terminal.keys("j");
      await terminal.waitFor(/›✗ usr\/bin\/curl/);
      terminal.keys("k", "Enter");
      await terminal.waitFor(/✗›curl\.c:12:5/);
      terminal.keys("Escape");
      await terminal.waitFor(/^›✗ curl/m);
      terminal.keys("e");
      await terminal.waitFor(/›✗ usr\/bin\/curl/);
      terminal.keys("e");
      await terminal.waitFor(/^›✗ curl/m);
      terminal.keys("E");
      await terminal.waitFor(/›✗ usr\/bin\/curl/);
      terminal.keys("Escape");
      await terminal.waitFor("illumos");
    });
  }

  it("are gone round on the build screen, with those that no log shows", async () => {
    const terminal = open();
    await terminal.waitFor("✗›curl.c:12:5");
    for (const key of ["e", "E"]) {
      terminal.keys(key);
      await terminal.waitFor("No log shows problem 2/2; f explains it.");
      terminal.keys(key);
      await terminal.waitFor("✗›curl.c:12:5");
    }
    terminal.keys("e");
    await terminal.waitFor("No log shows problem 2/2");
    terminal.keys("f");
    await terminal.waitFor(/›✗ usr\/bin\/curl/);
  });

  it("stand beside the log, and going through them goes through the log", async () => {
    const terminal = open();
    await terminal.waitFor("›curl.c:12:5");
    terminal.keys("Enter");
    await terminal.waitFor((screen) => !screen.includes("preflight"));
    terminal.keys("f");
    await terminal.waitFor(/^ 2 problems +│.*problem 1\/2/m);
    assert.match(terminal.screen(), /^›✗ curl\.c:12.* x3 *│/m);
    terminal.keys("g");
    await terminal.waitFor(/│ ›cc -O2 -c file\.c/);
    terminal.keys("Tab", "j");
    await terminal.waitFor("No log shows this one; Enter explains it.");
    terminal.keys("k");
    await terminal.waitFor(/^›✗ curl\.c:12.*│/m);
    await terminal.waitFor("│✗›curl.c:12:5");
    terminal.keys("j", "Enter");
    await terminal.waitFor(/projects\/curl\/curl\.c:7/);
    terminal.keys("2");
    await terminal.waitFor(/^ 2 problems/m);
    terminal.keys("f");
    await terminal.waitFor((screen) => !screen.includes("2 problems"));
    terminal.resize(200, 60);
    await terminal.waitFor((screen) => screen.split("\n").some((row) => row.length > 150));
    assert.doesNotMatch(terminal.screen(), /2 problems/);
    terminal.keys("f");
    await terminal.waitFor(/^ 2 problems/m);
    terminal.resize(40, 12);
    await terminal.waitFor(/^ extra .*\d+-\d+ of 62/m);
    terminal.keys("f");
    await terminal.waitFor(/^›✗ /m);
  });

  it("opens the file of the component that left something out, beside the manifest", async () => {
    const told = join(folder, "edited");
    const editor = join(folder, "editor");
    writeFileSync(editor, `#!/bin/sh\necho "$*" > ${told}\nread answer\n`, { mode: 0o755 });
    const terminal = open({ env: { EDITOR: editor, VISUAL: undefined } });
    await terminal.waitFor("extra");
    terminal.keys("f");
    const other = await terminal.waitFor(/^›✗ curl/m);
    assert.doesNotMatch(other, / O /, "nothing delivers a line that does not compile");
    terminal.keys("j");
    await terminal.waitFor(/ O Makefile/);
    for (const [key, place] of [
      ["O", "+1 PLACE/Makefile"],
      ["o", "+7 PLACE/curl.c"],
    ] as const) {
      terminal.keys(key);
      await terminal.waitFor(() => terminal.property("alternate_on") === "0");
      terminal.keys("Enter");
      await terminal.waitFor(() => terminal.property("alternate_on") === "1");
      assert.equal(readFileSync(told, "utf8"), `${place.replace("PLACE", source)}\n`);
      await terminal.waitFor(/ O Makefile/);
    }
  });

  it("opens a shell in the folder of the failed command and offers to retry", async () => {
    const terminal = open();
    await terminal.waitFor("›curl.c:12:5");
    terminal.keys("!");
    await terminal.waitFor(() => terminal.property("alternate_on") === "0");
    await terminal.waitFor((screen) =>
      screen
        .replaceAll("\n", "")
        .includes(
          `smartbuild: a shell in ${source}, with the environment of extra (attempt 1). exit or ` +
            "Ctrl-D goes back to the console.",
        ),
    );
    terminal.keys("echo at=$PWD says=$STAGE_SAYS", "Enter");
    // A long path goes over the edge of the screen.
    await terminal.waitFor((screen) =>
      screen.replaceAll("\n", "").includes(`at=${source} says=hello`),
    );
    terminal.keys("exit", "Enter");
    await terminal.waitFor("r runs extra");
    terminal.keys("r");
    await terminal.waitFor("Asked to run extra again.");
    assert.match(readFileSync(join(build.folder, "sent.jsonl"), "utf8"), /"retry".*"extra"/);
  });
});
