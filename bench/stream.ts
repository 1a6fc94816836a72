// Invariant: the same writer runs in turn into a plain file and as a stage under the console, in a
// real terminal; every figure is printed beside what it must reach.
// Usage: stream.ts [SECONDS OF STREAMING] [PAIRS] [SECONDS OF IDLING]
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { consolePid, cpuMs, timeKeys } from "../test/support/check-console.ts";
import { counting, holding, ScreenBuild } from "../test/support/screen-build.ts";
import type { Terminal } from "../test/support/tmux.ts";
import { comparePairs, median, type PairsResult } from "./support/pairs.ts";

const [seconds = 60, pairs = 7, idleSeconds = 60] = process.argv.slice(2).map(Number);
const rate = 50_000;
const warmUpMs = 30_000;
const writer = [
  ...[process.execPath, "--import", import.meta.resolve("tsx")],
  join(import.meta.dirname, "../test/support/paced-writer.ts"),
];
const curl = "echo curl > proto/usr/bin/curl";

function report(what: string, value: number, unit: string, limit: number): void {
  const figure = value.toFixed(value < 10 ? 2 : 0);
  const reached = value < limit ? "" : ": NOT REACHED";
  console.log(`${what.padEnd(52)} ${figure.padStart(8)} ${unit}   (< ${String(limit)}${reached})`);
}

/** Seconds the writer took by itself, into a plain file; no side pays for what is still to write. */
function intoFile(root: string, words: readonly string[]): number {
  const [log, took] = [join(root, "plain.log"), join(root, "plain")];
  spawnSync("sync");
  const file = openSync(log, "w");
  const [program = "", ...rest] = writer;
  spawnSync(program, [...rest, ...words, took], { stdio: ["ignore", file, "inherit"] });
  closeSync(file);
  rmSync(log);
  return Number(readFileSync(took, "utf8")) / 1000;
}

/** Milliseconds from `?` to the help, and ages of the newest line on screen. */
interface Looks {
  readonly keys: number[];
  readonly ages: number[];
}

/** Seconds the writer took as a stage, with the console at its log. */
async function underConsole(words: readonly string[], looks?: Looks): Promise<number> {
  const command = [...writer, ...words, "took"].map((word) => `'${word}'`).join(" ");
  const screen = new ScreenBuild({ "1-extra-stamp": [command, curl, ...holding] });
  spawnSync("sync");
  try {
    const terminal = screen.open(["run"]);
    await terminal.waitFor(/\d+ at \d+, words/, 60_000);
    terminal.keys("Enter");
    const took = join(screen.tree.root, "took");
    while (!existsSync(took)) {
      if (looks !== undefined) await lookAt(terminal, looks, took);
      await pause(500);
    }
    return Number(readFileSync(took, "utf8")) / 1000;
  } finally {
    screen.close();
  }
}

async function lookAt(terminal: Terminal, { keys, ages }: Looks, took: string): Promise<void> {
  const shown = terminal.screen();
  const times = Array.from(shown.matchAll(/ at (\d{13}),/g), ([, at]) => Number(at));
  if (times.length > 0 && !existsSync(took)) ages.push(Date.now() - Math.max(...times));
  keys.push(await timeKeys(terminal, ["?"], /^ Keys/m));
  await timeKeys(terminal, ["?"], / at \d{13},/);
}

/** Seconds of the writer under the console and alone, in turn. */
async function compareWriters(words: readonly string[], looks?: Looks): Promise<PairsResult> {
  const screen = new ScreenBuild();
  try {
    return await comparePairs(
      () => underConsole(words, looks),
      () => intoFile(screen.tree.root, words),
      pairs,
    );
  } finally {
    screen.close();
  }
}

function reportSlower(what: string, { median, min, max }: PairsResult): void {
  report(what, (median - 1) * 100, "%", 5);
  console.log(`  ratio ${median.toFixed(3)} (${min.toFixed(3)} to ${max.toFixed(3)})`);
}

async function benchRate(): Promise<void> {
  const looks: Looks = { keys: [], ages: [] };
  console.log(`${String(rate)} lines/s for ${String(seconds)} s: under the console / into a file`);
  const paced = await compareWriters([String(rate), String(seconds)], looks);
  console.log("10,000,000 lines as fast as it can: under the console / into a file");
  const unpaced = await compareWriters(["10000000", "1"]);
  report("? painted, slowest", Math.max(...looks.keys), "ms", 200);
  report("? painted, median", median(looks.keys), "ms", 200);
  report("age of the newest line on screen, oldest", Math.max(...looks.ages), "ms", 1000);
  reportSlower(`child at ${String(rate)} lines/s slower by`, paced);
  // The limit is meant for the rate above; at sixty times that, `tail -f` beside it costs 6 % too.
  reportSlower("child at full speed slower by", unpaced);
}

async function benchIdle(): Promise<void> {
  const screen = new ScreenBuild({ "1-extra-stamp": [...counting(60), ...holding, curl] });
  try {
    for (const [cols, rows, limit] of [
      [80, 24, 1],
      [200, 60, 1.5],
    ] as const) {
      const terminal = screen.open(cols === 80 ? ["run"] : ["attach"], { cols, rows });
      await terminal.waitFor("file60.c", 60_000);
      const pid = consolePid(terminal);
      await pause(idleSeconds < 20 ? 2000 : warmUpMs);
      const [began, before] = [performance.now(), cpuMs(pid)];
      await pause(idleSeconds * 1000);
      const share = ((cpuMs(pid) - before) / (performance.now() - began)) * 100;
      report(`console beside a silent child, ${String(cols)}x${String(rows)}`, share, "%", limit);
      terminal.close();
    }
  } finally {
    screen.close();
  }
}

await benchRate();
await benchIdle();
