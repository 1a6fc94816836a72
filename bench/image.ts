// Invariant: both sides read the same files with warm caches and write to the same file system;
// each side's old output is removed outside the measured time.
// Usage: image.ts [DIR] [--growth] [--mib 500] [--pairs 7] (work folder, on the disk to measure;
// removed at the end)
import * as fs from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { build } from "esbuild";
import { generateProto } from "./proto-generator.ts";
import { timeParts } from "./support/image-parts.ts";
import { comparePairs, median } from "./support/pairs.ts";
import { runTimed } from "./support/run-timed.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    growth: { type: "boolean", default: false },
    mib: { type: "string", default: "500" },
    pairs: { type: "string", default: "7" },
  },
});
const here = import.meta.dirname;
const work = fs.mkdtempSync(join(positionals[0] ?? tmpdir(), "image-bench-"));
const program = join(work, "image-child.mjs");
const target = { maxRatio: 1, maxRssMib: 300, maxCheckSeconds: 2 };
const manifest = gunzipSync(
  fs.readFileSync(join(here, "../test/fixtures/manifests/modern/manifest.gen.gz")),
);
const log = join(work, "log");
let peakKib = 0;
/** CPU seconds of the two sides: steadier than the clock where others use the machine. */
const cpu = { ours: [] as number[], theirs: [] as number[] };

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

async function ours(workspace: string): Promise<number> {
  fs.rmSync(join(workspace, "output"), { recursive: true, force: true });
  const taken = await runTimed([process.execPath, ...buildWords(workspace)], log);
  peakKib = Math.max(peakKib, taken.peakKib, Number(fs.readFileSync(join(work, "memory"), "utf8")));
  cpu.ours.push(taken.cpuSeconds);
  return taken.seconds;
}

const scripts = {
  "cp -a": 'cp -a "$1/proto" "$2/copy"',
  "find | sort | xargs md5sum":
    'cd "$1/proto" && find . -type f | LC_ALL=C sort | xargs md5sum > "$2/copy.manifest"',
  "tar | pigz": `cd "$1" && tar -cf - proto | pigz -p ${availableParallelism()} > "$2/copy.tgz"`,
};
const theirParts = new Map<string, number[]>();

async function theirs(workspace: string): Promise<number> {
  fs.rmSync(join(work, "copy"), { recursive: true, force: true });
  let [sum, cpuSum] = [0, 0];
  for (const [name, script] of Object.entries(scripts)) {
    const words = ["/bin/sh", "-c", script, "theirs", workspace, work];
    const { seconds, cpuSeconds } = await runTimed(words, log);
    theirParts.set(name, [...(theirParts.get(name) ?? []), seconds]);
    sum += seconds;
    cpuSum += cpuSeconds;
  }
  cpu.theirs.push(cpuSum);
  return sum;
}

/** `image check` of the same tree: median, least and most of five, after one to warm up. */
async function timeCheck(workspace: string): Promise<boolean> {
  const words = [process.execPath, program, join(work, "memory"), "check", "--root", workspace];
  await runTimed(words, log);
  const taken: number[] = [];
  for (let run = 0; run < 5; run++) taken.push((await runTimed(words, log)).seconds);
  const [middle, least, most] = [median(taken), Math.min(...taken), Math.max(...taken)].map(
    (seconds) => seconds.toFixed(2),
  );
  const range = `${least ?? ""} to ${most ?? ""}`;
  console.log(`image check ${middle ?? ""} s (${range}); to reach: ${target.maxCheckSeconds} s`);
  return median(taken) < target.maxCheckSeconds;
}

async function comparison(): Promise<void> {
  const workspace = makeWorkspace("platform", Number(values.mib));
  console.log(`image build / ${Object.keys(scripts).join(" + ")}`);
  const result = await comparePairs(
    () => ours(workspace),
    () => theirs(workspace),
    Number(values.pairs),
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
  // The first of each is the warming up.
  const [mine, other] = [cpu.ours.slice(1), cpu.theirs.slice(1)].map(median);
  const each = `${(mine ?? 0).toFixed(2)} s / ${(other ?? 0).toFixed(2)} s`;
  console.log(`CPU ${each} = ${((mine ?? 0) / (other ?? 1)).toFixed(3)}`);
  const peak = peakKib / 1024;
  console.log(
    `peak memory of all processes ${peak.toFixed(0)} MiB; to reach: below ${target.maxRssMib}`,
  );
  const checked = await timeCheck(workspace);
  const reached = result.median <= target.maxRatio && peak < target.maxRssMib && checked;
  if (!reached) process.exitCode = 1;
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
