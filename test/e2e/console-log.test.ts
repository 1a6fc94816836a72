// Invariant: what is asserted stands on the screen of a real terminal; the log is one that a script
// writes, so that its lines are known.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, describe, it } from "node:test";
import { bundleConsole } from "../support/screen-bundle.ts";
import { classicPlan, ScriptedBuild } from "../support/screen-script.ts";
import { Terminal, type TerminalOptions } from "../support/tmux.ts";

const workspace = mkdtempSync(join(tmpdir(), "smartbuild-log-"));
const folder = mkdtempSync(join(tmpdir(), "smartbuild-console-"));
let program = "";
const terminals: Terminal[] = [];

before(async () => {
  writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
  program = await bundleConsole(folder);
});
afterEach(() => {
  for (const terminal of terminals.splice(0)) terminal.close();
});
after(() => {
  rmSync(workspace, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

function open(build: ScriptedBuild, options: TerminalOptions = {}): Terminal {
  const argv = [process.execPath, program, workspace, build.folder];
  const terminal = Terminal.start(argv, { cwd: workspace, ...options });
  terminals.push(terminal);
  return terminal;
}

/** The console at the log of `extra`, on a screen of its own. */
async function openLog(build: ScriptedBuild, options: TerminalOptions = {}): Promise<Terminal> {
  const terminal = open(build, options);
  await terminal.waitFor(/ extra /);
  terminal.keys("Enter");
  await terminal.waitFor((screen) => !screen.includes("preflight"));
  return terminal;
}

let builds = 0;
function newBuild(): ScriptedBuild {
  const build = new ScriptedBuild(workspace, `000${String(++builds)}-20261123T101500Z`);
  build.start(classicPlan);
  return build;
}

function numbered(count: number, every = 0): string {
  return Array.from({ length: count }, (_, i) =>
    every > 0 && (i + 1) % every === 0 ? `needle in line ${i + 1}\n` : `cc -O2 -c file${i + 1}.c\n`,
  ).join("");
}

describe("the log screen", () => {
  it("is smart about letter case, and says what is wrong with a pattern", async () => {
    const build = newBuild();
    build.startStage("extra");
    build.output("extra", "one Needle\ntwo needle\nthree\n");
    const terminal = await openLog(build);
    await terminal.waitFor("of 3");
    terminal.keys("/needle", "Enter");
    await terminal.waitFor(/\/needle {2}\d\/2/);
    terminal.keys("/Needle", "Enter");
    await terminal.waitFor(/\/Needle {2}\d\/1/);
    terminal.keys("/(", "Enter");
    await terminal.waitFor(/is not a regular expression/);
    terminal.keys("/absent", "Enter");
    await terminal.waitFor("No line matches /absent/");
  });

  it("shows of a long line what an expression of the filter lets through", async () => {
    const build = newBuild();
    const line = `gcc ${"-O2 ".repeat(30)}-DNEEDLE=4711 ${"-Wall ".repeat(30)}-o main.o\n`;
    build.startStage("extra");
    build.output("extra", `${numbered(20)}${line}`);
    const terminal = await openLog(build);
    await terminal.waitFor("main.o");
    assert.doesNotMatch(terminal.screen(), /NEEDLE/);
    for (const filter of ["NEED.E=\\d+", "nee[d]le=|gone"]) {
      terminal.keys("&", filter, "Enter");
      await terminal.waitFor(/NEEDLE=4711/);
      terminal.keys("Escape");
      await terminal.waitFor((screen) => !screen.includes("NEEDLE="));
    }
  });

  it("goes through the problems of the build, in its order, and round", async () => {
    const build = newBuild();
    build.startStage("strap");
    const early = build.output("strap", numbered(50)) + numbered(50).length;
    build.output("strap", "a.c:1:1: error: first\nmake: *** [all] Error 1\n" + numbered(50));
    problem(build, "strap", early, "a.c:1:1: error: first\n", 51, [[52, 52]]);
    build.endStage("strap", "failed", 1000, 2);
    build.startStage("extra");
    const late = build.output("extra", numbered(100)) + numbered(100).length;
    build.output("extra", "b.c:2:1: error: second\n" + numbered(100));
    problem(build, "extra", late, "b.c:2:1: error: second\n", 101, []);
    build.endStage("extra", "failed", 1000, 2);
    build.end("failed", 2, 2000);
    const terminal = open(build);
    await terminal.waitFor("›a.c:1:1: error: first");
    terminal.keys("Enter");
    await terminal.waitFor((screen) => screen.includes("problem 1/2") && /✗$/m.test(screen));
    const rows = terminal.rows();
    const at = rows.findIndex((row) => row.includes("✗›a.c:1:1"));
    assert.ok(at >= 2 + 3 && at <= rows.length - 5, terminal.screen());
    // The terminal tells the same look in different orders.
    const look = /((?:\x1b\[[\d;]*m)+)✗›a\.c/.exec(terminal.colours())?.[1] ?? "";
    assert.match(look, /\b31m/);
    assert.match(look, /\b1m/);
    assert.match(
      terminal.colours(),
      /\x1b\[[\d;]*\b2m(?:\x1b\[[\d;]*m)* {2}make: \*\*\* \[all\] Error 1/,
    );
    assert.ok(
      rows.some((row) => row.endsWith("✗")),
      "problems are marked on the scroll bar",
    );
    terminal.keys("e");
    await terminal.waitFor((screen) => /problem 2\/2/.test(screen) && screen.includes("✗›b.c:2:1"));
    terminal.keys("e");
    await terminal.waitFor("✗›a.c:1:1");
    terminal.keys("E");
    await terminal.waitFor("✗›b.c:2:1");
  });

  it("shows when lines came and jumps to slow places", async () => {
    const build = newBuild();
    build.startStage("extra");
    const at = new Date(2026, 10, 23, 10, 15, 0).getTime();
    const size = (lines: number): number => numbered(lines).length;
    build.output("extra", numbered(100));
    writeFileSync(
      join(build.folder, "extra.1.times"),
      [
        [at, size(20)],
        [at + 1000, size(40)],
        [at + 43_000, size(60)],
        [at + 44_000, size(100)],
      ]
        .map((sample) => `${sample.join(" ")}\n`)
        .join(""),
    );
    const terminal = await openLog(build);
    await terminal.waitFor(/following/);
    terminal.keys("g", "T");
    await terminal.waitFor("10:15:00 cc -O2 -c file1.c");
    terminal.keys("s");
    await terminal.waitFor(
      (screen) =>
        /›10:15:43 cc -O2 -c file41\.c/.test(screen) && screen.includes("Quiet for 00:42"),
    );
    terminal.keys("s");
    await terminal.waitFor("No quiet time of 10 s after this line.");
    terminal.keys("G", "S");
    await terminal.waitFor("›10:15:43 cc -O2 -c file41.c");
  });

  it("shows earlier attempts and further logs", async () => {
    const build = newBuild();
    build.startStage("extra");
    build.output("extra", "the first try\n");
    build.endStage("extra", "failed", 1000, 2);
    build.startStage("extra", 2);
    build.output("extra", "the second try\n", 2);
    const terminal = await openLog(build);
    await terminal.waitFor(
      (screen) => screen.includes("the second try") && screen.includes("attempt 2/2"),
    );
    terminal.keys("a");
    await terminal.waitFor(
      (screen) => screen.includes("the first try") && screen.includes("attempt 1/2"),
    );
    terminal.keys("A");
    await terminal.waitFor("the second try");
    terminal.keys("[");
    await terminal.waitFor(/^ illumos/m);
    terminal.keys("]");
    await terminal.waitFor("the second try");
  });

  for (const [cols, rows] of [
    [200, 60],
    [40, 12],
    [20, 5],
  ] as const) {
    it(`searches at ${cols}x${rows}`, async () => {
      const build = newBuild();
      build.startStage("extra");
      build.output("extra", numbered(500, 250));
      const terminal = open(build, { cols, rows });
      await terminal.waitFor("extra");
      terminal.keys("Enter", "/absent");
      await terminal.waitFor("/absent");
      terminal.keys("Enter");
      await terminal.waitFor(/\/absent {2}0\/0/);
      assert.equal(terminal.rows().length, rows);
    });
  }
});

/** A problem whose proof is the text at an offset of the stage's log. */
function problem(
  build: ScriptedBuild,
  stage: string,
  start: number,
  text: string,
  line: number,
  followOn: readonly (readonly [number, number])[],
): void {
  build.event({
    type: "problem",
    problem: {
      id: `${stage}.1.${start}`,
      kind: "compile-error",
      stage,
      attempt: 1,
      summary: text.trim(),
      advice: "Open the named file at that line.",
      span: { log: `${stage}.1.log`, start, end: start + text.length },
      lines: [line, line],
      count: 1,
      followOn,
    },
  });
}
