// Invariant: run as a process: takes the lock of FOLDER, COUNT times, and proves each time that it
// holds it alone (a folder that only one can make). Prints `held N times`.
import { mkdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { takeLock } from "../../src/engine/host/lock.ts";
import { ownIdentity } from "../../src/engine/process/process-table.ts";
import { processTable } from "../../src/engine/process/system-processes.ts";

const [, , folder = "", count = "1", how = "release"] = process.argv;
const table = processTable();
let held = 0;
for (let tries = 0; tries < 200_000 && held < Number(count); tries++) {
  const lock = takeLock(folder, ownIdentity(table), table);
  if (!("release" in lock)) continue;
  mkdirSync(join(folder, "alone"));
  held++;
  rmdirSync(join(folder, "alone"));
  if (how === "die") process.kill(process.pid, "SIGKILL");
  lock.release();
}
process.stdout.write(`held ${held} times\n`);
