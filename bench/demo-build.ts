// Invariant: both sides run the same commands on fresh copies of the demo tree; ours in the console,
// in a real terminal, the other typed into a shell. Usage: demo-build.ts [PAIRS]
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { foldAll } from "../src/engine/journal/fold.ts";
import { JournalFollower } from "../src/engine/journal/follow.ts";
import type { BuildState } from "../src/engine/journal/state.ts";
import { comparePairs, median } from "./support/pairs.ts";

const cli = join(import.meta.dirname, "../dist/cli.js");
const base = mkdtempSync(join(tmpdir(), "smartbuild-bench-"));
const socket = `smartbuild-bench-${process.pid}`;
const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
const environment = { ...process.env, CI: "", TERM: "xterm-256color", LANG: "C.UTF-8" };
const shares: number[] = [];
const details: string[] = [];

execFileSync(process.execPath, [cli, "demo", join(base, "origin"), "--no-run"], { cwd: base });

function freshCopy(): string {
  const folder = join(base, "tree");
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(base, "origin"), folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

/** CPU seconds of a process itself, and of the children it has waited for. */
function cpuOf(pid: number): { readonly own: number; readonly children: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const at = (field: number): number => (fields[field - 3] ?? 0) / ticksPerSecond;
    return { own: at(14) + at(15), children: at(16) + at(17) };
  } catch {
    return undefined;
  }
}

/** `smartbuild run` in a terminal of 80×24; seconds from its start to the build's end. */
async function inConsole(): Promise<number> {
  const tree = freshCopy();
  const tmux = (...argv: string[]): string =>
    execFileSync("tmux", ["-L", socket, ...argv], { encoding: "utf8", env: environment });
  const began = performance.now();
  tmux("new-session", "-d", "-x", "80", "-y", "24", "-c", tree, process.execPath, cli, "run");
  const consolePid = Number(tmux("list-panes", "-F", "#{pane_pid}"));
  let journal: JournalFollower | undefined;
  const events = [];
  let state: BuildState | undefined;
  let host = { own: 0, children: 0 };
  while (state?.state === undefined || state.state === "running") {
    await wait(50);
    const build = safeList(join(tree, "log/smartbuild")).find((name) => /^\d{4}-/.test(name));
    if (build === undefined) continue;
    journal ??= new JournalFollower(join(tree, "log/smartbuild", build, "journal.jsonl"));
    const added = journal.poll();
    if (added.length > 0) events.push(...added);
    if (added.length > 0) state = foldAll(events);
    const pid = state?.hosts.at(-1)?.host.pid;
    host = (pid === undefined ? undefined : cpuOf(pid)) ?? host;
  }
  const seconds = (performance.now() - began) / 1000;
  const own = cpuOf(consolePid)?.own ?? Number.NaN;
  tmux("kill-server");
  if (state.state !== "succeeded") throw new Error(`the build ${state.state}`);
  shares.push((own + host.own) / (own + host.own + host.children));
  details.push(
    `console ${own.toFixed(2)} s, host ${host.own.toFixed(2)} s, stages ${host.children.toFixed(1)} s CPU`,
  );
  return seconds;
}

function safeList(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The same commands in a shell. */
function byHand(): number {
  const tree = freshCopy();
  const commands = [
    "./configure",
    "make SHELL=/bin/bash world",
    "make SHELL=/bin/bash manifest",
    `${process.execPath} ${cli} image build --root ${tree}`,
  ].join(" && ");
  const began = performance.now();
  const result = spawnSync("/bin/bash", ["-c", `(${commands}) > ${base}/by-hand.log 2>&1`], {
    stdio: "ignore",
    cwd: tree,
    env: { ...environment, PWD: tree },
  });
  if (result.status !== 0) throw new Error(`by hand: status ${result.status ?? "none"}`);
  return (performance.now() - began) / 1000;
}

console.log("demo build: smartbuild in a console / the same commands by hand");
try {
  const result = await comparePairs(inConsole, byHand, Number(process.argv[2] ?? 7));
  for (const line of details) console.log(`  ${line}`);
  console.log(
    `wall ratio: median ${result.median.toFixed(3)} (${result.min.toFixed(3)} to ${result.max.toFixed(3)}); to reach 1.03`,
  );
  console.log(
    `console and host: median ${(100 * median(shares)).toFixed(2)} % of the build's CPU ` +
      `(${(100 * Math.min(...shares)).toFixed(2)} to ${(100 * Math.max(...shares)).toFixed(2)}); to reach 1 %`,
  );
} finally {
  rmSync(base, { recursive: true, force: true });
}
