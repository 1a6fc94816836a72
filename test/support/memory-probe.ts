// Invariant: what is told is what a process still holds after all its garbage was collected and the
// room for it given back, asked of that very process while it runs.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "./smartbuild.ts";

/** Megabytes. */
export interface HeldMemory {
  /** Objects and buffers that are alive. */
  readonly held: number;
  /** What the system counts. */
  readonly resident: number;
}

/** After an ordinary collection V8 keeps freed pages for later: some 30 MB, once it was in a hurry. */
const answer = `import { renameSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
if (isMainThread) process.on("SIGUSR2", () => {
  globalThis.gc({ type: "major", execution: "sync", flavor: "last-resort" });
  const path = import.meta.dirname + "/" + process.pid + ".memory";
  writeFileSync(path + ".new", JSON.stringify(process.memoryUsage()));
  renameSync(path + ".new", path);
});
`;

/** NODE_OPTIONS with which a process tells what it holds. `folder`: for files of the probe. */
export function probeOptions(folder: string): string {
  const path = join(folder, "memory-probe.mjs");
  writeFileSync(path, answer);
  return `--expose-gc --import ${path}`;
}

/** What a process that was started with `probeOptions(folder)` holds now. */
export async function heldBy(pid: number, folder: string): Promise<HeldMemory> {
  const path = join(folder, `${pid}.memory`);
  rmSync(path, { force: true });
  process.kill(pid, "SIGUSR2");
  await until(`process ${pid} tells what it holds`, () => existsSync(path), 60);
  const usage = JSON.parse(readFileSync(path, "utf8")) as NodeJS.MemoryUsage;
  // `external` counts the buffers too.
  return { held: (usage.heapUsed + usage.external) / 1e6, resident: usage.rss / 1e6 };
}

/** One line about two looks, for a test's report. */
export function growthText(from: HeldMemory, to: HeldMemory): string {
  const part = (name: keyof HeldMemory): string =>
    `${name} ${from[name].toFixed(1)} MB, then ${(to[name] - from[name]).toFixed(1)} MB more`;
  return `${part("held")}; ${part("resident")}`;
}
