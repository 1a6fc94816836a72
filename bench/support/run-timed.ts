// Invariant: a command is measured from its start to its end with all the processes it waited for.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, closeSync, readFileSync } from "node:fs";
import { watchMemory } from "./process-tree.ts";

/** What a command took. */
export interface Taken {
  /** On the clock. */
  readonly seconds: number;
  /** Of all its processes, on all cores: what a busy machine changes least. */
  readonly cpuSeconds: number;
  /** Of all its processes at the same time. */
  readonly peakKib: number;
}

/** Runs a command to its end; its output goes to the file `log`. Throws when it fails. */
export async function runTimed(
  [program = "", ...args]: readonly string[],
  log: string,
): Promise<Taken> {
  const output = openSync(log, "w");
  // The shell's `times` says at the end what its children took.
  const script = 'exec 3>&1; "$@" || exit; times >&3';
  const began = performance.now();
  const child = spawn("/bin/sh", ["-c", script, "sh", program, ...args], {
    stdio: ["ignore", output, output],
  });
  const memory = watchMemory(child.pid ?? 0);
  const [status] = (await once(child, "close")) as [number | null];
  const seconds = (performance.now() - began) / 1000;
  closeSync(output);
  const text = readFileSync(log, "utf8");
  if (status !== 0) throw new Error(`${program} failed: ${text.slice(-2000)}`);
  const last = text.trimEnd().split("\n").at(-1) ?? "";
  const cpuSeconds = [...last.matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes, rest]) => Number(minutes) * 60 + Number(rest))
    .reduce((sum, each) => sum + each, 0);
  return { seconds, cpuSeconds, peakKib: memory.peak() };
}
