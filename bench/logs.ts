// Invariant: every figure is printed beside what it must reach; what the log engine is compared
// with is done in the same run, on the same file.
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { classifyLine } from "../src/engine/diagnosis/line-class.ts";
import { LogFollower } from "../src/engine/logs/follow.ts";
import { generateLog, rareWord, type GeneratedLog } from "./log-generator.ts";
import type { DiagnosisFigures } from "./support/log-diagnosis-child.ts";
import type { ViewFigures } from "./support/log-view-child.ts";
import { timeCommand, versionOf, type CommandFigures } from "./support/timed-command.ts";

/** Runs of the engine; the median is told. */
const runs = 3;

function milliseconds(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function report(what: string, value: number, unit: string, limit?: number): void {
  const figure = value < 10 ? value.toFixed(2) : value.toFixed(0);
  const goal = limit === undefined ? "" : `   (< ${limit}${value < limit ? "" : ": NOT REACHED"})`;
  console.log(`${what.padEnd(52)} ${figure.padStart(8)} ${unit}${goal}`);
}

/** The engine and its worker as they are shipped: bundled, not translated at start. */
async function bundle(folder: string): Promise<string> {
  await build({
    entryPoints: {
      "diagnosis-child": join(import.meta.dirname, "support/log-diagnosis-child.ts"),
      "view-child": join(import.meta.dirname, "support/log-view-child.ts"),
      "log-worker": join(import.meta.dirname, "../src/engine/logs/log-worker.ts"),
    },
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "esm",
    splitting: true,
    target: "node22",
  });
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  return join(folder, "view-child.js");
}

function benchDiagnosis(folder: string, path: string): void {
  const figures = Array.from({ length: runs }, () => {
    const printed = execFileSync(process.execPath, [join(folder, "diagnosis-child.js"), path], {
      encoding: "utf8",
    });
    return JSON.parse(printed) as DiagnosisFigures;
  });
  const [first] = figures.toSorted((a, b) => a.both - b.both).slice(figures.length >> 1);
  if (first === undefined) return;
  report("diagnosis alone", first.diagnosed, "ms");
  report("index and diagnosis beside each other", first.both, "ms", 8000);
  report("  memory of both at most", Math.max(...figures.map((one) => one.memoryMb)), "MB", 300);
}

function median(figures: readonly ViewFigures[], member: keyof ViewFigures): number {
  const values = figures.map((one) => one[member]).toSorted((a, b) => a - b);
  return values[values.length >> 1] ?? NaN;
}

function benchView(program: string, path: string, log: GeneratedLog): ViewFigures {
  const figures = Array.from({ length: runs }, () => {
    const args = [program, path, JSON.stringify(log), rareWord];
    const printed = execFileSync(process.execPath, args, { encoding: "utf8" });
    return JSON.parse(printed) as ViewFigures;
  });
  const of = (member: keyof ViewFigures) => median(figures, member);
  report("open, and the last screen", of("screen"), "ms", 500);
  report("g and G while indexing, longest", of("jump"), "ms", 300);
  report("whole index, with a frame every 16 ms", of("indexed"), "ms", 5000);
  report("a window anywhere (mean of 2,000)", of("window"), "ms");
  report("a rare word: first hit", of("firstHit"), "ms", 300);
  report("a rare word: counted", of("count"), "ms", 2000);
  report("gcc.*file: first hit", of("denseHit"), "ms", 300);
  report("gcc.*file: counted", of("denseCount"), "ms");
  report("filter: two included, one excluded, 2 of context", of("filter"), "ms");
  report("memory of all this at most", of("memoryMb"), "MB", 300);
  return {
    screen: of("screen"),
    indexed: of("indexed"),
    jump: of("jump"),
    window: of("window"),
    firstHit: of("firstHit"),
    count: of("count"),
    denseHit: of("denseHit"),
    denseCount: of("denseCount"),
    filter: of("filter"),
    memoryMb: of("memoryMb"),
  };
}

function compare(what: string, theirs: CommandFigures | undefined, ours: number): void {
  if (theirs === undefined) return;
  const ratio = (theirs.ms / ours).toFixed(1);
  console.log(
    `${what.padEnd(52)} ${theirs.ms.toFixed(0).padStart(8)} ms, ${theirs.memoryMb.toFixed(0)} MB` +
      `   (${ratio} times ours)`,
  );
}

/** In a terminal that script(1) makes, since without one less copies its input. */
function less(keys: string, path: string): CommandFigures | undefined {
  return timeCommand(["script", "-qec", `less $'+${keys}' '${path}'`, "/dev/null"]);
}

function benchOthers(path: string, ours: ViewFigures): void {
  for (const program of ["lnav", "less", "grep"]) {
    const version = versionOf(program);
    console.log(version === undefined ? `(${program} is not installed)` : `beside ${version}`);
  }
  const { screen, indexed, firstHit, count } = ours;
  const lnav = (command: string) => timeCommand(["lnav", "-n", "-c", command, path]);
  compare("lnav -n: open and index", lnav(";SELECT 1"), indexed);
  compare(
    "lnav -n: open, index and find a rare word",
    lnav(`:filter-in ${rareWord}`),
    indexed + count,
  );
  // Its start, with that of the terminal, takes longer than what it is to be measured at.
  const start = less("q", import.meta.filename)?.ms ?? 0;
  const lessAlone = (keys: string) => {
    const whole = less(keys, path);
    return whole === undefined ? undefined : { ...whole, ms: Math.max(0, whole.ms - start) };
  };
  compare("less: open and the last screen", lessAlone("Gq"), screen);
  compare("less -N: open and the last line's number", lessAlone("-NGq"), indexed);
  compare("less: a rare word, first hit", lessAlone(`/${rareWord}\\nq`), firstHit);
  compare(
    "grep -m1: a rare word, first hit",
    timeCommand(["grep", "-m1", rareWord, path]),
    firstHit,
  );
  compare("grep -c: a rare word", timeCommand(["grep", "-c", rareWord, path]), count);
  compare(
    "grep -ci: a rare word, as we search",
    timeCommand(["grep", "-ci", rareWord, path]),
    count,
  );
  compare("wc -l", timeCommand(["wc", "-l", path]), indexed);
}

/** What following costs at 50,000 lines a second: part of one core. */
function benchFollow(source: string, folder: string): void {
  const path = join(folder, "followed");
  const lines = readFileSync(source, { encoding: "latin1" }).slice(0, 64_000_000).split("\n");
  const pieces: string[] = [];
  for (let i = 0; i + 5000 <= lines.length; i += 5000) {
    pieces.push(`${lines.slice(i, i + 5000).join("\n")}\n`);
  }
  for (const classify of [false, true]) {
    writeFileSync(path, "");
    const follower = new LogFollower(path);
    let followed = 0;
    let busy = 0;
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
    report(`follow 50,000 lines/s${classify ? " and classify" : ""}`, share, "% of a core", 10);
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

async function benchAll(lines: number): Promise<void> {
  const folder = mkdtempSync(join(process.env["SMARTBUILD_BENCH"] ?? tmpdir(), "smartbuild-logs-"));
  try {
    const path = join(folder, "generated.log");
    const started = performance.now();
    const log = generateLog(path, lines);
    const time = performance.now() - started;
    const size = (log.bytes / 1e6).toFixed(0);
    console.log(`${String(log.lines)} lines, ${size} MB, written in ${time.toFixed(0)} ms`);
    const ours = benchView(await bundle(join(folder, "bundle")), path, log);
    benchDiagnosis(join(folder, "bundle"), path);
    const part = join(folder, "part.log");
    generateLog(part, Math.min(lines, 500_000));
    benchFollow(part, folder);
    benchOthers(path, ours);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

await benchAll(Number(process.argv[2] ?? "10000000"));
