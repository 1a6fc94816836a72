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
  const column = rows[2]?.indexOf("│") ?? -1;
  return rows.slice(2, -1).filter((row) => column === -1 || row.indexOf("│") !== column);
}

/** The number of the newest line on screen. */
function lastFile(screen: string): number {
  return Math.max(
    0,
    ...Array.from(screen.matchAll(/file(\d+)\.c/g), ([, number]) => Number(number)),
  );
}

/** What is not as it must be on a screen of this many columns; empty when all is. */
function faults(rows: readonly string[], columns: number): readonly string[] {
  const isWide = columns >= 60;
  const count = (pattern: RegExp): number => rows.filter((row) => pattern.test(row)).length;
  const lines = rows.flatMap((row) => /cc -O2 -c file(\d+)\.c/.exec(row)?.[1] ?? []).map(Number);
  const isInOrder = lines.every((line, index) => line === (lines[0] ?? 0) + index);
  const torn = isWide ? tornRows(rows) : rows.filter((row) => row.includes("│"));
  return [
    ...(count(/^ q detach/) === 1 ? [] : ["the key bar is not there once"]),
    ...(count(/^›\S extra /) === 1 ? [] : ["the selected stage is not there once"]),
    ...(!isWide || count(/^ · live/) === 1 ? [] : ["the last stage is not there once"]),
    ...(lines.length > 1 && isInOrder ? [] : [`lines of the log: ${lines.join(" ")}`]),
    ...(rows[1]?.length === columns ? [] : ["the line under the header has another width"]),
    ...torn.map((row) => `torn: ${row}`),
  ];
}

/** Changes the size; how long it takes until the screen is whole in it. */
async function resized(terminal: Terminal, columns: number, rows: number): Promise<number> {
  const began = performance.now();
  terminal.resize(columns, rows);
  let left: readonly string[] = [];
  // What is captured while a frame comes in is no fault; what stays is.
  await terminal
    .waitFor((screen) => {
      const lines = screen.replace(/\n$/, "").split("\n");
      left = lines.length === rows ? faults(lines, columns) : [`${lines.length} rows`];
      return left.length === 0;
    })
    .catch((error: unknown) => {
      throw new Error(`${left.join("\n")}\n${String(error)}`);
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
  const times: number[] = [];
  for (const [columns, rows] of [
    [40, 12],
    [80, 24],
    [59, 24],
    [200, 60],
    [80, 24],
  ] as const) {
    times.push(await resized(terminal, columns, rows));
    // tmux passes on no second size within a quarter of a second.
    const seen = lastFile(terminal.screen());
    await terminal.waitFor((screen) => lastFile(screen) > seen + 4);
  }
  const slowest = Math.max(...times);
  t.diagnostic(`repainted in ${times.map((ms) => ms.toFixed(0)).join(", ")} ms`);
  assert.ok(slowest < 3 * limitMs, `${slowest} ms`);
  terminal.resize(20, 5);
  await terminal.waitFor(
    (screen) => /^\S \d+\/\d+ extra/.test(screen) && screen.trim().split("\n").length === 1,
  );
  await resized(terminal, 80, 24);
});
