// Invariant: what is asserted stands on the screen of a real terminal while a real build writes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ScreenBuild } from "../support/screen-build.ts";
import type { Terminal } from "../support/tmux.ts";

const limitMs = 300;
/** Ten lines a second until the build is released. */
const streaming = [
  'i=0; while [ ! -e go ]; do i=$((i+1)); echo "cc -O2 -c file$i.c"; sleep 0.1; done',
];

/** Rows in which the line between the panes does not stand in its column. */
function tornRows(rows: readonly string[]): readonly string[] {
  const column = rows[1]?.indexOf("┬") ?? -1;
  return rows.slice(2, -1).filter((row) => row.indexOf("│") !== column);
}

/** Each thing that must be on screen once is there once. */
function assertWhole(rows: readonly string[], columns: number, what: string): void {
  const count = (pattern: RegExp): number => rows.filter((row) => pattern.test(row)).length;
  assert.equal(count(/q detach/), 1, `key bar ${what}`);
  assert.equal(count(/^[›]\S extra /), 1, `selected stage ${what}`);
  assert.equal(count(/^ · live/), columns >= 60 ? 1 : 0, `last stage ${what}`);
  const lines = rows.flatMap((row) => /cc -O2 -c file(\d+)\.c/.exec(row)?.[1] ?? []).map(Number);
  assert.ok(lines.length > 1, `lines of the log ${what}`);
  assert.deepEqual(
    lines,
    Array.from(lines, (_, index) => (lines[0] ?? 0) + index),
    what,
  );
  if (columns >= 60) assert.deepEqual(tornRows(rows), [], what);
  else assert.equal(rows.filter((row) => row.includes("│")).length, 0, `one column ${what}`);
}

/** Changes the size; how long it takes until the screen is whole in it. */
async function resized(terminal: Terminal, columns: number, rows: number): Promise<number> {
  const began = performance.now();
  terminal.resize(columns, rows);
  await terminal.waitFor((screen) => {
    const lines = screen.replace(/\n$/, "").split("\n");
    const isDrawn = lines.length === rows && /q detach/.test(lines.at(-1) ?? "");
    const rule = lines[1] ?? "";
    return isDrawn && rule.length === columns && rule.includes("┬") === columns >= 60;
  });
  return performance.now() - began;
}

test("check 23: any size is drawn whole while a build streams", async (t) => {
  const build = new ScreenBuild({ "1-extra-stamp": streaming });
  t.after(() => {
    build.close();
  });
  const terminal = build.open(["run"], { cols: 200, rows: 60 });
  await terminal.waitFor("file9.c");
  assertWhole(terminal.rows(), 200, "at 200x60");
  const times: number[] = [];
  for (const [columns, rows] of [
    [40, 12],
    [80, 24],
    [59, 24],
    [200, 60],
    [80, 24],
  ] as const) {
    times.push(await resized(terminal, columns, rows));
    assertWhole(terminal.rows(), columns, `at ${columns}x${rows}`);
  }
  const slowest = Math.max(...times);
  t.diagnostic(`repainted in ${times.map((ms) => ms.toFixed(0)).join(", ")} ms`);
  assert.ok(slowest < 3 * limitMs, `${slowest} ms`);
  terminal.resize(20, 5);
  await terminal.waitFor((screen) => /^\S \d+\/\d+ extra/.test(screen));
  assert.equal(terminal.rows().slice(1).join("").trim(), "");
  terminal.resize(80, 24);
  await terminal.waitFor((screen) => screen.includes("┬") && screen.includes("q detach"));
});
