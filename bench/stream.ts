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
import { median } from "./support/pairs.ts";

const [seconds = 60, pairs = 3, idleSeconds = 60] = process.argv.slice(2).map(Number);
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

/** Seconds the writer took by itself, into a plain file. */
function intoFile(root: string, words: readonly string[]): number {
  const [log, took] = [join(root, "plain.log"), join(root, "plain")];
  const file = openSync(log, "w");
  const [program = "", ...rest] = writer;
  spawnSync(program, [...rest, ...words, took], { stdio: ["ignore", file, "inherit"] });
  closeSync(file);
  rmSync(log);
  return Number(readFileSync(took, "utf8")) / 1000;
}

interface Watched {
  /** Seconds the writer took. */
  readonly took: number;
  /** Milliseconds from `?` to the help, and age of the newest line on screen. */
  readonly keys: readonly number[];
  readonly ages: readonly number[];
}

/** The writer as a stage, with the console at its log. */
async function underConsole(words: readonly string[], look: boolean): Promise<Watched> {
  const command = [...writer, ...words, "took"].map((word) => `'${word}'`).join(" ");
  const screen = new ScreenBuild({ "1-extra-stamp": [command, curl, ...holding] });
  const [keys, ages]: [number[], number[]] = [[], []];
  try {
    const terminal = screen.open(["run"]);
    await terminal.waitFor(/\d+ at \d+, words/, 60_000);
    terminal.keys("Enter");
    const took = join(screen.tree.root, "took");
    while (!existsSync(took)) {
      if (look) await lookAt(terminal, keys, ages, took);
      await pause(500);
    }
    return { took: Number(readFileSync(took, "utf8")) / 1000, keys, ages };
  } finally {
    screen.close();
  }
}

async function lookAt(
  terminal: Terminal,
  keys: number[],
  ages: number[],
  took: string,
): Promise<void> {
  const shown = terminal.screen();
  const times = Array.from(shown.matchAll(/ at (\d{13}),/g), ([, at]) => Number(at));
  if (times.length > 0 && !existsSync(took)) ages.push(Date.now() - Math.max(...times));
  keys.push(await timeKeys(terminal, ["?"], /^ Keys/m));
  await timeKeys(terminal, ["?"], / at \d{13},/);
}

async function benchRate(): Promise<void> {
  const paced: number[] = [];
  const unpaced: number[] = [];
  const [keys, ages]: [number[], number[]] = [[], []];
  const screen = new ScreenBuild();
  const { root } = screen.tree;
  for (let pair = 0; pair < pairs; pair++) {
    const words = [String(rate), String(seconds)];
    const alone = intoFile(root, words);
    const watched = await underConsole(words, true);
    keys.push(...watched.keys);
    ages.push(...watched.ages);
    paced.push(watched.took / alone);
    // As fast as it can: three million lines.
    const fast = ["10000000", "0.3"];
    const first = pair % 2 === 0 ? intoFile(root, fast) : undefined;
    const { took } = await underConsole(fast, false);
    unpaced.push(took / (first ?? intoFile(root, fast)));
  }
  screen.close();
  report("? painted, slowest", Math.max(...keys), "ms", 200);
  report("? painted, median", median(keys), "ms", 200);
  report("age of the newest line on screen, oldest", Math.max(...ages), "ms", 1000);
  report(`child at ${String(rate)} lines/s slower by`, (median(paced) - 1) * 100, "%", 5);
  report("child at full speed slower by", (median(unpaced) - 1) * 100, "%", 5);
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
