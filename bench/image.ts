// Invariant: both sides read the same files with warm caches and write to the same file system;
// each side's old output is removed outside the measured time.
// Usage: image.ts [DIR] [--growth] (work folder, on the disk to measure; removed at the end)
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { build } from "esbuild";
import { generateProto } from "./proto-generator.ts";
import { timeParts } from "./support/image-parts.ts";
import { comparePairs, median } from "./support/pairs.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { growth: { type: "boolean", default: false } },
});
const here = import.meta.dirname;
const work = fs.mkdtempSync(join(positionals[0] ?? tmpdir(), "image-bench-"));
const program = join(work, "image-child.mjs");
const target = { maxRatio: 1, maxRssMib: 300 };
const manifest = gunzipSync(
  fs.readFileSync(join(here, "../test/fixtures/manifests/modern/manifest.gen.gz")),
);
let peakKib = 0;

/** Runs a command to its end with its output in a file; seconds. */
function timed(command: string, args: readonly string[]): number {
  const log = fs.openSync(join(work, "log"), "w");
  const started = performance.now();
  const run = spawnSync(command, args, { stdio: ["ignore", log, log] });
  const seconds = (performance.now() - started) / 1000;
  fs.closeSync(log);
  if (run.status === 0) return seconds;
  throw new Error(`${command} failed: ${fs.readFileSync(join(work, "log"), "utf8").slice(-2000)}`);
}

function buildWords(workspace: string): string[] {
  return [program, join(work, "memory"), "build", "--root", workspace];
}

function makeWorkspace(name: string, mib: number, entries?: number): string {
  const dir = join(work, name);
  const made = generateProto({
    ...{ dir, bytes: mib << 20, seed: 1, manifest },
    ...(entries !== undefined && { entries }),
  });
  const size = (made.bytes / 2 ** 20).toFixed(0);
  console.log(`${name}: ${made.files} files, ${size} MiB`);
  return dir;
}

function ours(workspace: string): number {
  fs.rmSync(join(workspace, "output"), { recursive: true, force: true });
  const seconds = timed(process.execPath, buildWords(workspace));
  peakKib = Math.max(peakKib, Number(fs.readFileSync(join(work, "memory"), "utf8")));
  return seconds;
}

const scripts = {
  "cp -a": 'cp -a "$1/proto" "$2/copy"',
  "find | sort | xargs md5sum":
    'cd "$1/proto" && find . -type f | LC_ALL=C sort | xargs md5sum > "$2/copy.manifest"',
  "tar | pigz": `cd "$1" && tar -cf - proto | pigz -p ${availableParallelism()} > "$2/copy.tgz"`,
};
const theirParts = new Map<string, number[]>();

function theirs(workspace: string): number {
  fs.rmSync(join(work, "copy"), { recursive: true, force: true });
  let sum = 0;
  for (const [name, script] of Object.entries(scripts)) {
    const seconds = timed("/bin/sh", ["-c", script, "theirs", workspace, work]);
    theirParts.set(name, [...(theirParts.get(name) ?? []), seconds]);
    sum += seconds;
  }
  return sum;
}

async function comparison(): Promise<void> {
  const workspace = makeWorkspace("platform", 500);
  console.log(`image build / ${Object.keys(scripts).join(" + ")}`);
  const result = await comparePairs(
    () => ours(workspace),
    () => theirs(workspace),
  );
  console.log("parts of image build (one run):");
  for (const [name, seconds] of await timeParts(buildWords(workspace))) {
    console.log(`  ${name.padEnd(28)} ${seconds.toFixed(2)} s`);
  }
  console.log("parts of the other side (median):");
  for (const [name, seconds] of theirParts) {
    console.log(`  ${name.padEnd(28)} ${median(seconds).toFixed(2)} s`);
  }
  const spread = `${result.min.toFixed(3)} to ${result.max.toFixed(3)}`;
  const both = `${result.a.toFixed(2)} s / ${result.b.toFixed(2)} s`;
  console.log(
    `ratio ${result.median.toFixed(3)} (${spread}; ${both}); to reach: ${target.maxRatio}`,
  );
  const peak = peakKib / 1024;
  console.log(`peak memory ${peak.toFixed(0)} MiB; to reach: below ${target.maxRssMib}`);
  if (result.median > target.maxRatio || peak >= target.maxRssMib) process.exitCode = 1;
}

/** The same bytes in more and more entries: what grows is what each entry costs. */
async function growth(): Promise<void> {
  const counts = [5_000, 25_000, 100_000];
  const columns: ReadonlyMap<string, number>[] = [];
  for (const count of counts) {
    const workspace = makeWorkspace(`${count} entries`.replace(" ", "-"), 200, count);
    columns.push(await timeParts(buildWords(workspace)));
    const kib = Number(fs.readFileSync(join(work, "memory"), "utf8"));
    console.log(`  peak memory ${(kib / 1024).toFixed(0)} MiB`);
    fs.rmSync(workspace, { recursive: true, force: true });
  }
  console.log(
    `${"seconds at entries:".padEnd(20)}${counts.map((n) => String(n).padStart(9)).join("")}`,
  );
  for (const name of columns[0]?.keys() ?? []) {
    const cells = columns.map((column) => (column.get(name) ?? 0).toFixed(2).padStart(9));
    console.log(`${name.padEnd(20)}${cells.join("")}`);
  }
}

try {
  await build({
    ...{ entryPoints: [join(here, "support/image-child.ts")], bundle: true, platform: "node" },
    ...{ format: "esm", outfile: program, logLevel: "warning" },
  });
  await (values.growth ? growth() : comparison());
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
