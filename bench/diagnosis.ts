// Invariant: reads labelled logs and prints figures; writes nothing and judges by the labels alone.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { diagnoseFile } from "../src/engine/diagnosis/diagnose-file.ts";
import type { FoundProblem } from "../src/engine/diagnosis/found-problem.ts";

interface Labels {
  readonly cause: readonly number[];
  readonly consequence?: readonly number[];
}

/** Figures over a folder of cases. */
export interface Figures {
  readonly cases: number;
  readonly top1: number;
  readonly top3: number;
  /** Cases none of whose causes is in any problem. */
  readonly missed: readonly string[];
  readonly notFirst: readonly string[];
  readonly shown: number;
  /** Lines labelled as consequences that lie in the span of a shown problem. */
  readonly wrong: number;
}

function diagnose(path: string): readonly FoundProblem[] {
  const found = diagnoseFile(path);
  if (!found.ok) throw new Error(found.failure.message);
  return found.value;
}

const holds = ({ lines: [first, last] }: FoundProblem, line: number): boolean =>
  first <= line && line <= last && last - first < 40;

export function measure(root: string, names: readonly string[], verbose = false): Figures {
  let [cases, top1, top3, shown, wrong] = [0, 0, 0, 0, 0];
  const missed: string[] = [];
  const notFirst: string[] = [];
  for (const name of names) {
    const folder = join(root, "failing", name);
    const labels = JSON.parse(readFileSync(join(folder, "case.json"), "utf8")) as Labels;
    const problems = diagnose(join(folder, "log.txt"));
    shown += problems.length;
    const consequences = labels.consequence ?? [];
    if (verbose) {
      for (const problem of problems) {
        if (!consequences.some((line) => holds(problem, line))) continue;
        console.log(
          `\n${name} shows what follows: ${problem.lines.join("-")} ${problem.kind}: ${problem.summary}`,
        );
      }
    }
    wrong += consequences.filter((line) => problems.some((problem) => holds(problem, line))).length;
    if (labels.cause.length === 0) continue;
    cases++;
    const place = problems.findIndex((problem) =>
      labels.cause.some((line) => holds(problem, line)),
    );
    if (place === 0) top1++;
    else notFirst.push(name);
    if (place >= 0 && place < 3) top3++;
    if (place === -1) missed.push(name);
    if (verbose && place !== 0) {
      console.log(
        `\n${name}: cause in line ${labels.cause.slice(0, 5).join(", ")}, found at place ${String(place + 1)}`,
      );
      for (const problem of problems.slice(0, 4)) {
        console.log(`  ${problem.lines.join("-")} ${problem.kind}: ${problem.summary}`);
      }
    }
  }
  return { cases, top1, top3, missed, notFirst, shown, wrong };
}

/** Lines of the good logs, and the problems wrongly found in them. */
export function measureGood(
  root: string,
  names: readonly string[],
): { lines: number; alarms: string[] } {
  let lines = 0;
  const alarms: string[] = [];
  for (const name of names) {
    const path = join(root, "good", name, "log.txt");
    lines += readFileSync(path, "latin1").split("\n").length;
    for (const problem of diagnose(path)) {
      alarms.push(`${name}:${String(problem.lines[0])} ${problem.kind}: ${problem.summary}`);
    }
  }
  return { lines, alarms };
}

function percent(part: number, whole: number): string {
  return `${String(part)} of ${String(whole)} (${((100 * part) / Math.max(1, whole)).toFixed(1)} %)`;
}

function print(
  title: string,
  root: string,
  keep: (name: string) => boolean,
  verbose: boolean,
): void {
  const names = readdirSync(join(root, "failing")).filter(keep);
  const good = readdirSync(join(root, "good")).filter(keep);
  const figures = measure(root, names, verbose);
  const { lines, alarms } = measureGood(root, good);
  console.log(`\n${title}`);
  console.log(`  cause shown first        ${percent(figures.top1, figures.cases)}   (>= 90 %)`);
  console.log(`  cause among first three  ${percent(figures.top3, figures.cases)}   (>= 97 %)`);
  console.log(
    `  causes missed            ${String(figures.missed.length)} ${figures.missed.join(" ")}`,
  );
  console.log(
    `  follow-on lines shown as causes  ${String(figures.wrong)} in ${String(figures.shown)} problems`,
  );
  console.log(
    `  false alarms per 100,000 lines of good logs  ${((alarms.length / lines) * 100_000).toFixed(1)} (${String(alarms.length)} in ${String(lines)} lines)   (0)`,
  );
  for (const alarm of alarms) console.log(`    ${alarm}`);
}

if (process.argv[1] === import.meta.filename) {
  const words = process.argv.slice(2).filter((word) => !word.startsWith("-"));
  const root = words[0] ?? process.env["SMARTBUILD_FAILURES"];
  const half = words[1];
  const verbose = process.argv.includes("--verbose");
  if (root === undefined || !existsSync(join(root, "failing"))) {
    console.error(
      "usage: diagnosis.ts FOLDER [odd|even] [--verbose], or SMARTBUILD_FAILURES=FOLDER",
    );
    process.exitCode = 64;
  } else {
    const parity = (name: string): number => Number.parseInt(name, 10) % 2;
    if (half !== "even")
      print("cases with odd numbers", root, (name) => parity(name) === 1, verbose);
    if (half !== "odd")
      print("cases with even numbers", root, (name) => parity(name) === 0, verbose);
  }
}
