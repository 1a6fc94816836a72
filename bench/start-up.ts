// Invariant: times whole processes from outside, warm; the first frame counts when its bytes have
// left the terminal's other end. Usage: start-up.ts [RUNS]
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { tinyTree } from "../test/support/tiny-tree.ts";
import { median } from "./support/pairs.ts";

const cli = join(import.meta.dirname, "../dist/cli.js");
const runs = Math.max(7, Number(process.argv[2] ?? 15));
const environment = { ...process.env, CI: "", TERM: "xterm-256color", LANG: "C.UTF-8" };

function time(argv: readonly string[]): number {
  const began = performance.now();
  const { status } = spawnSync(process.execPath, argv, { stdio: "ignore", env: environment });
  if (status !== 0) throw new Error(`${argv.join(" ")}: status ${status ?? "none"}`);
  return performance.now() - began;
}

function report(name: string, values: readonly number[], limit?: number): void {
  const text = `${median(values).toFixed(0)} ms (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;
  console.log(`${name}: median ${text}${limit === undefined ? "" : `; to reach ${limit} ms`}`);
}

/** From the start of the process to its first drawn text, in a terminal made by script(1). */
async function firstFrame(folder: string): Promise<number> {
  const output = join(folder, "typescript");
  rmSync(output, { force: true });
  const began = performance.now();
  const child = spawn(
    "script",
    [
      "-qfec",
      `stty rows 24 cols 80; exec ${process.execPath} ${cli} console --root ${folder}`,
      output,
    ],
    { stdio: ["pipe", "ignore", "ignore"], env: environment },
  );
  for (;;) {
    const size = statSync(output, { throwIfNoEntry: false })?.size ?? 0;
    if (size > 0 && readFileSync(output, "utf8").includes("classic")) break;
    await wait(1);
    if (performance.now() - began > 10_000) throw new Error("no first frame within 10 s");
  }
  const took = performance.now() - began;
  child.stdin.end("q");
  child.kill("SIGKILL");
  return took;
}

const tree = tinyTree();
try {
  execFileSync(process.execPath, [cli, "run", "--plain"], { cwd: tree.root, env: environment });
  const names = { "node -e 0": ["-e", "0"], "--version": [cli, "--version"] };
  const limits: Record<string, number> = { "--version": 80 };
  const times = new Map(Object.keys(names).map((name) => [name, [] as number[]]));
  for (let run = -1; run < runs; run++) {
    for (const [name, argv] of Object.entries(names)) {
      const took = time(argv);
      if (run >= 0) times.get(name)?.push(took);
    }
  }
  for (const [name, values] of times) report(name, values, limits[name]);
  const frames: number[] = [];
  for (let run = -1; run < runs; run++) {
    const took = await firstFrame(tree.root);
    if (run >= 0) frames.push(took);
  }
  report("first frame of the console", frames, 250);
  const again: number[] = [];
  for (let run = 0; run < 7; run++) again.push(time([cli, "run", "--plain", "--root", tree.root]));
  report("a run with nothing to do (tiny tree)", again, 1000);
} finally {
  tree.remove();
}
