// Invariant: what is asserted stands on the screen of a real terminal, drawn by the built program.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { commandsOf } from "../../src/ui/keymap.ts";
import { counting, holding, ScreenBuild } from "../support/screen-build.ts";
import type { Terminal } from "../support/tmux.ts";

const banner = ["echo '========== building curl =========='"];
const failing = [
  ...counting(30),
  `echo "curl.c:12:5: error: 'foo' undeclared (first use in this function)"`,
  ...counting(5),
  "exit 1",
];

/** Rows in which the line between the panes does not stand in its column. */
function tornRows(terminal: Terminal): readonly string[] {
  const rows = terminal.rows();
  const column = rows[2]?.indexOf("│") ?? -1;
  const body = rows.slice(2, -1).filter((row) => !/^ \w.*(?:q: quit|failed)/.test(row));
  return body.filter((row) => row.indexOf("│") !== column);
}

describe("the console on a running build", () => {
  const build = new ScreenBuild({ "1-extra-stamp": [...banner, ...counting(200), ...holding] });
  before(() => {
    assert.equal(build.run("run", "--detach").status, 0);
  });
  after(() => {
    build.close();
  });

  for (const [cols, rows] of [
    [200, 60],
    [80, 24],
  ] as const) {
    it(`shows header, stages and log beside each other at ${cols}x${rows}`, async () => {
      const terminal = build.open(["attach"], { cols, rows });
      // The step is told by the host, which may come a little after the lines of the log.
      const screen = await terminal.waitFor(
        (shown) => shown.includes("file200.c") && /^›\S extra .*curl/m.test(shown),
      );
      const lines = terminal.rows();
      assert.equal(lines.length, rows);
      assert.match(
        lines[0] ?? "",
        /classic .*running {2}(?:\d+ % {2})?3 of \d+ stages {2}\d\d:\d\d$/,
      );
      assert.match(screen, /^ ✓ illumos +\d\d:\d\d .*│/m);
      assert.match(screen, /^›\S extra .*curl.* +\d\d:\d\d .*│/m);
      assert.match(screen, /^ · live .*│/m);
      assert.match(lines[2] ?? "", /│ extra {2}\d+-201 of 201 +following$/);
      assert.match(lines.at(-1) ?? "", /^ q detach {2}j\/k stage/);
      assert.deepEqual(tornRows(terminal), []);
      terminal.close();
    });
  }

  it("puts the log under the stages at 40x12", async () => {
    const terminal = build.open(["attach"], { cols: 40, rows: 12 });
    await terminal.waitFor("file200.c");
    const lines = terminal.rows();
    const stage = lines.findIndex((line) => line.startsWith("›"));
    const title = lines.findIndex((line) => /^ extra {2}\d+-201 of 201/.test(line));
    assert.match(lines[0] ?? "", /running (?:\d+ % )?3\/\d+ \d\d:\d\d$/);
    assert.ok(stage > 1 && title > stage, terminal.screen());
    assert.match(lines.at(-2) ?? "", /cc -O2 -c file200\.c$/);
    terminal.close();
  });

  it("is one line at 20x5", async () => {
    const terminal = build.open(["attach"], { cols: 20, rows: 5 });
    await terminal.waitFor(/^\S 3\/\d+ extra \d/);
    assert.equal(terminal.rows().slice(1).join("").trim(), "");
    terminal.close();
  });

  it("reaches the last key of the help in a low terminal", async () => {
    const terminal = build.open(["attach"], { cols: 80, rows: 10 });
    await terminal.waitFor("following");
    terminal.keys("?", "G");
    const last = commandsOf("build").at(-1)?.description.slice(0, 30) ?? "";
    await terminal.waitFor(last);
    terminal.close();
  });

  it("stops following when scrolled, and follows again on F", async () => {
    const terminal = build.open(["attach"]);
    await terminal.waitFor("file200.c");
    terminal.keys("PPage");
    await terminal.waitFor((screen) => screen.includes("paused") && !screen.includes("file200.c"));
    terminal.keys("g");
    await terminal.waitFor("building curl");
    terminal.keys("F");
    await terminal.waitFor(
      (screen) => screen.includes("following") && screen.includes("file200.c"),
    );
    terminal.close();
  });

  it("gives the log the whole width, and takes it back", async () => {
    const terminal = build.open(["attach"]);
    await terminal.waitFor("file200.c");
    terminal.keys("Enter");
    await terminal.waitFor((screen) => !screen.includes("illumos") && screen.includes("file200.c"));
    terminal.keys("Escape");
    await terminal.waitFor("illumos");
    terminal.close();
  });

  it("does not repaint what has not changed: a quiet build costs a clock and no more", async () => {
    const terminal = build.open(["attach"]);
    await terminal.waitFor("file200.c");
    const clock = /stages {2}(\d\d:\d\d)/;
    const tick = async (): Promise<void> => {
      const before = clock.exec(terminal.screen())?.[1];
      await terminal.waitFor((screen) => clock.exec(screen)?.[1] !== before);
    };
    // What is read in the first second (disk, past builds) has come on screen by then.
    await tick();
    await tick();
    const path = terminal.record();
    await tick();
    const bytes = readFileSync(path).length;
    assert.ok(bytes > 0 && bytes < 1024, `${bytes} bytes for a second of a quiet build`);
    terminal.close();
  });
});

describe("the console on a failing build", () => {
  const build = new ScreenBuild({ "1-extra-stamp": [...banner, ...failing] });
  after(() => {
    build.close();
  });

  it("turns to the failed stage and its first failing line, coloured and marked", async () => {
    const terminal = build.open(["run"]);
    const screen = await terminal.waitFor(/^ extra failed\./m);
    assert.match(screen, /^›✗ extra {2}exit \d.*│/m);
    await terminal.waitFor("✗›curl.c:12:5: error: 'foo' undeclared");
    assert.match(terminal.colours(), /\x1b\[[\d;]*31[\d;]*m(?:\x1b\[[\d;]*m)*✗›curl\.c:12:5/);
    assert.match(screen, /^ r retry {2}o editor {2}b build {2}f failures/m);
    terminal.keys("G", "e");
    await terminal.waitFor("✗›curl.c:12:5");
    terminal.keys("e");
    await terminal.waitFor("This is the only problem.");
    terminal.keys("r");
    await terminal.waitFor("extra failed again (attempt 2). Mend curl.c:12, then retry.");
    await terminal.waitFor(/attempt 2\/2[^]*✗›curl\.c:12:5/);
    terminal.keys("q");
    const after = await terminal.waitFor("exit=2");
    assert.match(after, /^Build \S+ failed after 00:\d\d/m);
    assert.match(after, /^ {2}✗ extra +00:\d\d {2}attempt 2 {2}exit 2/m);
    assert.match(after, /curl\.c:12/);
    assert.match(after, /log {5}log\/smartbuild\/\S+\/extra\.2\.log/);
  });
});
