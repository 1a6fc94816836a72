// Invariant: what a check measures are milliseconds from a key to the screen of a real terminal; a
// time fails only beyond three times its limit, and is printed always.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { ScreenBuild } from "./screen-build.ts";
import { classicPlan, ScriptedBuild } from "./screen-script.ts";
import type { Recipes } from "./tiny-tree.ts";
import type { Terminal } from "./tmux.ts";

/** A tiny workspace whose terminals and processes end with the test. */
export function screenFor(t: TestContext, recipes: Recipes = {}): ScreenBuild {
  const screen = new ScreenBuild(recipes);
  t.after(() => {
    screen.close();
  });
  return screen;
}

/** A build that has ended, with this output of its stage `extra`; a number is where a text begins. */
export function endedBuild(
  screen: ScreenBuild,
  output: string | ((logPath: string) => void),
  problems: readonly EndedProblem[] = [],
): ScriptedBuild {
  const build = new ScriptedBuild(screen.tree.root, "0001-20261123T101500Z");
  build.start(classicPlan);
  build.startStage("extra");
  if (typeof output === "string") build.output("extra", output);
  else output(join(build.folder, "extra.1.log"));
  for (const { text, ...given } of problems) {
    const log = typeof output === "string" ? output : "";
    const start = Buffer.byteLength(log.slice(0, log.indexOf(text)));
    const line = log.slice(0, log.indexOf(text)).split("\n").length;
    build.event({
      type: "problem",
      problem: {
        id: `extra.1.${String(start)}`,
        kind: "compile-error",
        stage: "extra",
        attempt: 1,
        summary: text.trim(),
        advice: "Open the named file at that line.",
        span: { log: "extra.1.log", start, end: start + Buffer.byteLength(text) },
        lines: [line, line],
        count: 1,
        followOn: [],
        ...given,
      },
    });
  }
  const outcome = problems.length === 0 ? "succeeded" : "failed";
  build.endStage("extra", outcome, 1000, outcome === "failed" ? 2 : 0);
  build.end(outcome, outcome === "failed" ? 2 : 0, 2000);
  return build;
}

/** A problem of an ended build: the first place where its log has this text, newline included. */
export interface EndedProblem {
  readonly text: string;
  readonly file?: string;
  readonly line?: number;
  readonly folder?: string;
}

/** Presses keys; milliseconds until the screen shows what is wanted. */
export async function timeKeys(
  terminal: Terminal,
  keys: readonly string[],
  wanted: Parameters<Terminal["waitFor"]>[0],
): Promise<number> {
  const began = performance.now();
  terminal.keys(...keys);
  await terminal.waitFor(wanted, 60_000);
  return performance.now() - began;
}

/** Prints a time beside its limit; fails beyond three times that. Milliseconds. */
export function assertTime(t: TestContext, what: string, ms: number, limit: number): void {
  t.diagnostic(`${what} ${ms.toFixed(0)} ms (limit ${String(limit)})`);
  assert.ok(ms < 3 * limit, `${what} took ${ms.toFixed(0)} ms, the limit is ${String(limit)}`);
}

/** Pid of the console in a terminal. */
export function consolePid(terminal: Terminal): number {
  const pid = terminal.pids("cli.js").at(0);
  if (pid === undefined) throw new Error(`no console runs in\n${terminal.screen()}`);
  return pid;
}

/** CPU time that a process has used, milliseconds. */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The most memory that a process has held, MB. */
export function peakMb(pid: number): number {
  const status = readFileSync(`/proc/${String(pid)}/status`, "latin1");
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

/** Lines as a compiler's, some of them with another text. */
export function numbered(count: number, every = 0, text = "needle in line"): string {
  return Array.from({ length: count }, (_, i) =>
    every > 0 && (i + 1) % every === 0
      ? `${text} ${String(i + 1)}\n`
      : `cc -O2 -c file${String(i + 1)}.c\n`,
  ).join("");
}
