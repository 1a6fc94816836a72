// Invariant: both sides read the same files with warm caches and write to the same file system;
// each side's old output is removed outside the measured time.
// Usage: image-copy.ts [DIR] (work folder, on the disk to measure; removed at the end)
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { build } from "esbuild";
import { generateProto } from "./proto-generator.ts";
import { comparePairs } from "./support/pairs.ts";

const here = import.meta.dirname;
const work = fs.mkdtempSync(join(process.argv[2] ?? tmpdir(), "image-copy-"));
const workspace = join(work, "ws");
const target = { maxRatio: 1.1, maxRssMib: 250 };
let peakKib = 0;

/** Runs a command to its end with its stderr in a file; seconds and stdout. */
function timed(program: string, args: readonly string[]): { seconds: number; stdout: string } {
  const log = fs.openSync(join(work, "log"), "w");
  const started = performance.now();
  const run = spawnSync(program, args, { stdio: ["ignore", "pipe", log], encoding: "utf8" });
  const seconds = (performance.now() - started) / 1000;
  fs.closeSync(log);
  if (run.status !== 0) {
    throw new Error(
      `${program} failed: ${fs.readFileSync(join(work, "log"), "utf8").slice(-2000)}`,
    );
  }
  return { seconds, stdout: run.stdout };
}

function ours(): number {
  const archive = join(work, "root.tar");
  fs.rmSync(archive, { force: true });
  const child = [join(work, "place-child.mjs"), workspace, archive];
  const { seconds, stdout } = timed(process.execPath, child);
  peakKib = Math.max(peakKib, (JSON.parse(stdout) as { maxRssKib: number }).maxRssKib);
  return seconds;
}

const copyScript = `
  cp -a "$1/proto" "$2/copy" && cd "$2/copy" &&
  find . -type f | LC_ALL=C sort | xargs md5sum > "$2/copy.manifest"`;

function theirs(): number {
  fs.rmSync(join(work, "copy"), { recursive: true, force: true });
  return timed("/bin/sh", ["-c", copyScript, "copy", workspace, work]).seconds;
}

try {
  const stored = join(here, "../test/fixtures/manifests/modern/manifest.gen.gz");
  const manifest = gunzipSync(fs.readFileSync(stored));
  const made = generateProto({ dir: workspace, bytes: 500 << 20, seed: 1, manifest });
  await build({
    ...{ entryPoints: [join(here, "support/place-child.ts")], bundle: true, platform: "node" },
    ...{ format: "esm", outfile: join(work, "place-child.mjs"), logLevel: "warning" },
  });
  const size = (made.bytes / 2 ** 20).toFixed(0);
  console.log(`${made.files} files, ${size} MiB in ${work}`);
  console.log("read + md5 + write of the root tar / cp -a + find | sort | xargs md5sum");
  const result = await comparePairs(ours, theirs);
  const spread = `${result.min.toFixed(3)} to ${result.max.toFixed(3)}`;
  const seconds = `${result.a.toFixed(2)} s / ${result.b.toFixed(2)} s`;
  console.log(
    `ratio ${result.median.toFixed(3)} (${spread}; ${seconds}); to reach: ${target.maxRatio}`,
  );
  const peak = peakKib / 1024;
  console.log(`peak memory ${peak.toFixed(0)} MiB; to reach: below ${target.maxRssMib}`);
  if (result.median > target.maxRatio || peak >= target.maxRssMib) process.exitCode = 1;
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
