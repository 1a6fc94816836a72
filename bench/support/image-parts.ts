// Invariant: a part lasts from the line that begins it to the one that begins the next.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { imageSteps } from "../../src/engine/image/steps.ts";

/** Seconds of each step of one image build, by its name. */
export async function timeParts(argv: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "inherit"] });
  const parts = new Map<string, number>();
  let name = "start";
  let began = performance.now();
  const turn = (next: string): void => {
    const now = performance.now();
    parts.set(name, (parts.get(name) ?? 0) + (now - began) / 1000);
    [name, began] = [next, now];
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.endsWith("...")) continue;
    const step = Object.values(imageSteps).find(({ pattern }) => pattern.test(line));
    if (step !== undefined) turn(step.name);
  }
  turn("");
  if (child.exitCode === null) await once(child, "close");
  if (child.exitCode !== 0) throw new Error(`the image build ended with ${String(child.exitCode)}`);
  return parts;
}
