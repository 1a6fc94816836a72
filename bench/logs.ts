// Invariant: every figure is printed beside what it must reach; what the log engine is compared
// with is done in the same run, on the same file.
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classifyLine } from "../src/engine/diagnosis/line-class.ts";
import { LogFollower } from "../src/engine/logs/follow.ts";
import { LogIndex } from "../src/engine/logs/line-index.ts";
import { readFrom, readTail, readWindow } from "../src/engine/logs/window.ts";
import { generateLog, type GeneratedLog } from "./log-generator.ts";

const screen = { rows: 40, columns: { maxColumns: 200 } };

function milliseconds(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function report(what: string, value: number, unit: string, limit?: string): void {
  const figure = value < 10 ? value.toFixed(2) : value.toFixed(0);
  console.log(`${what.padEnd(52)} ${figure.padStart(8)} ${unit}${limit ? `   (${limit})` : ""}`);
}

function openIndex(path: string): LogIndex {
  const index = LogIndex.open(path);
  if (!index.ok) throw new Error(index.failure.message);
  return index.value;
}

/** Peak resident memory of this process, in MB. */
function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}

function benchIndex(path: string, log: GeneratedLog): void {
  const memoryBefore = process.memoryUsage.rss() / 1024 / 1024;
  let index = openIndex(path);
  index.close();
  report(
    "open and last screen",
    milliseconds(() => {
      index = openIndex(path);
      if (readTail(index, screen.rows, screen.columns).length !== screen.rows)
        throw new Error("tail");
    }),
    "ms",
    "< 500",
  );

  let jumps = 0;
  let longestStep = 0;
  let longestJump = 0;
  const whileIndexing = milliseconds(() => {
    while (index.complete < 1) {
      longestStep = Math.max(
        longestStep,
        milliseconds(() => index.advance(8)),
      );
      const jump = milliseconds(() => {
        if (jumps++ % 2 === 0) readTail(index, screen.rows, screen.columns);
        else readFrom(index, 0, screen.rows, screen.columns);
      });
      longestJump = Math.max(longestJump, jump);
    }
  });
  report("index in steps of 8 ms, a jump between each", whileIndexing, "ms");
  report("  longest step", longestStep, "ms", "< 20");
  report("  longest jump to line 1 or to the last line", longestJump, "ms", "< 300");
  if (index.lines !== log.lines) throw new Error(`${String(index.lines)} lines`);
  index.close();

  index = openIndex(path);
  const whole = milliseconds(() => index.advance());
  report("index all at once", whole, "ms", "< 5000");
  report("  rate", log.bytes / 1e6 / (whole / 1000), "MB/s", ">= 500");
  report(
    "go to the middle line",
    milliseconds(() => {
      if (!readWindow(index, log.rareLine, screen.rows)[0]?.text.includes("rare"))
        throw new Error("?");
    }),
    "ms",
    "< 300",
  );
  const windows = 2000;
  report(
    "a window anywhere (mean of 2,000)",
    milliseconds(() => {
      for (let i = 0; i < windows; i++) {
        readWindow(
          index,
          1 + Math.floor((i / windows) * (log.lines - screen.rows)),
          screen.rows,
          screen.columns,
        );
      }
    }) / windows,
    "ms",
  );
  report("memory for all this", peakMemory() - memoryBefore, "MB", "< 20");
  index.close();
}

/** What following costs at 50,000 lines a second: part of one core. */
function benchFollow(source: string, folder: string): void {
  const path = join(folder, "followed");
  const lines = readFileSync(source, { encoding: "latin1" }).slice(0, 64_000_000).split("\n");
  const pieces: string[] = [];
  for (let i = 0; i + 5000 <= lines.length; i += 5000) {
    pieces.push(`${lines.slice(i, i + 5000).join("\n")}\n`);
  }
  writeFileSync(path, "");
  for (const classify of [false, true]) {
    const follower = new LogFollower(path);
    let followed = 0;
    let busy = 0;
    writeFileSync(path, "");
    for (const piece of pieces) {
      appendFileSync(path, piece);
      busy += milliseconds(() => {
        for (const line of follower.poll().lines) {
          followed++;
          if (classify) classifyLine(line.text);
        }
      });
    }
    const share = (busy / 1000 / (followed / 50_000)) * 100;
    report(`follow 50,000 lines/s${classify ? " and classify" : ""}`, share, "% of a core", "< 10");
    const polls = 100_000;
    if (!classify) {
      const idle = milliseconds(() => {
        for (let i = 0; i < polls; i++) follower.poll();
      });
      report("  an idle poll", (idle / polls) * 1000, "µs");
    }
    follower.close();
  }
}

function benchOthers(path: string): void {
  const commands: [string, string[]][] = [
    ["grep", ["-c", "", path]],
    ["wc", ["-l", path]],
  ];
  for (const [program, args] of commands) {
    const started = performance.now();
    // With /dev/null as its output grep would stop at the first line.
    const { status } = spawnSync(program, args, { stdio: ["ignore", "pipe", "ignore"] });
    const time = performance.now() - started;
    if (status === 0) report(`for comparison: ${program} ${args[0] ?? ""}`, time, "ms");
  }
}

/** In a process of its own, so that its memory is the log engine's alone. */
function benchIndexAlone(path: string, log: GeneratedLog): void {
  const args = [...process.execArgv, import.meta.filename, "--index", path, JSON.stringify(log)];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) throw new Error("the bench of the index failed");
}

function benchAll(lines: number): void {
  const folder = mkdtempSync(join(process.env["SMARTBUILD_BENCH"] ?? tmpdir(), "smartbuild-logs-"));
  try {
    const path = join(folder, "generated.log");
    const started = performance.now();
    const log = generateLog(path, lines);
    const time = performance.now() - started;
    const size = (log.bytes / 1e6).toFixed(0);
    console.log(`${String(log.lines)} lines, ${size} MB, written in ${time.toFixed(0)} ms`);
    benchIndexAlone(path, log);
    benchOthers(path);
    const part = join(folder, "part.log");
    generateLog(part, Math.min(lines, 500_000));
    benchFollow(part, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [first = "10000000", path = "", log = ""] = process.argv.slice(2);
if (first === "--index") benchIndex(path, JSON.parse(log) as GeneratedLog);
else benchAll(Number(first));
