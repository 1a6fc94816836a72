// Invariant: writes a line "N at MILLISECONDS" so often a second to standard output, by write(2)
// alone, and says at the end in a file how long it took. Usage: paced-writer.ts RATE SECONDS FILE
import { writeFileSync, writeSync } from "node:fs";

const [rate = 50_000, seconds = 5] = process.argv.slice(2, 4).map(Number);
const total = rate * seconds;
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const began = performance.now();
for (let written = 0; written < total;) {
  const due = Math.min(total, Math.floor(((performance.now() - began) / 1000) * rate) + 1);
  const lines: string[] = [];
  const at = ` at ${String(Date.now())}, words as a compiler has them\n`;
  for (let line = written + 1; line <= due; line++) lines.push(String(line) + at);
  const bytes = Buffer.from(lines.join(""));
  for (let from = 0; from < bytes.length;) from += writeSync(1, bytes, from);
  written = Math.max(written, due);
  Atomics.wait(sleeper, 0, 0, 5);
}
writeFileSync(process.argv[4] ?? "/dev/null", String(performance.now() - began));
