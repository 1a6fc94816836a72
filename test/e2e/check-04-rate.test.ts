// Invariant: the same writer runs once into a plain file and once as a stage under the console.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { assertTime, screenFor, timeKeys } from "../support/check-console.ts";

const writer = [
  ...[process.execPath, "--import", import.meta.resolve("tsx")],
  join(import.meta.dirname, "../support/paced-writer.ts"),
];
const [rate, seconds] = ["50000", "4"];

test("check 04: 50,000 lines a second slow neither the keys nor the child", async (t) => {
  const screen = screenFor(t, {
    "1-extra-stamp": [
      "read line < start",
      [...writer, rate, seconds, "under-console"].map((word) => `'${word}'`).join(" "),
      "echo curl > proto/usr/bin/curl",
    ],
  });
  const { root } = screen.tree;
  const plain = openSync(join(root, "plain.log"), "w");
  const [program = "", ...words] = writer;
  const alone = join(root, "alone");
  spawnSync(program, [...words, rate, seconds, alone], { stdio: ["ignore", plain, "inherit"] });
  closeSync(plain);

  screen.tree.gate("start");
  const terminal = screen.open(["run"]);
  await terminal.waitFor(/extra .*\d/);
  terminal.keys("Enter");
  screen.shell(["sh", "-c", "echo go > start"]);
  await terminal.waitFor(/\d+ at \d+, words/);
  const ages: number[] = [];
  const keys: number[] = [];
  const ended = join(root, "under-console");
  while (!existsSync(ended)) {
    const shown = terminal.screen();
    const newest = Math.max(
      ...Array.from(shown.matchAll(/ at (\d{13}),/g), ([, at]) => Number(at)),
    );
    if (Number.isFinite(newest)) ages.push(Date.now() - newest);
    keys.push(await timeKeys(terminal, ["?"], /Keys/));
    await timeKeys(terminal, ["?"], / at \d{13},/);
    await pause(300);
  }
  ages.splice(-1);
  assert.ok(ages.length >= 3, `${String(ages.length)} looks at the log`);
  keys.sort((a, b) => a - b);
  assertTime(t, "? painted, slowest but one", keys.at(-2) ?? keys.at(-1) ?? NaN, 200);
  assertTime(t, "age of the newest line", Math.max(...ages), 1000);
  const share = Number(readFileSync(ended, "utf8")) / Number(readFileSync(alone, "utf8")) - 1;
  t.diagnostic(`child slower by ${(share * 100).toFixed(1)} % (limit 5)`);
  assert.ok(share < 0.15, `the child took ${(share * 100).toFixed(1)} % longer`);
});
