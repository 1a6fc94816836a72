// Invariant: the tree has all entries of a real release and objects with real sizes; every run is the
// built program, from its start to its end, with warm caches.
// Usage: audit.ts [RUNS] [--mib 400] [--objects 3000] [--log-lines 1000000]
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { eventVersion, type EventBody } from "../src/engine/journal/events.ts";
import { parseManifest } from "../src/engine/manifest/parse.ts";
import { tinyElf } from "../test/support/tiny-elf.ts";
import { generateProto } from "./proto-generator.ts";
import { median } from "./support/pairs.ts";
import { runTimed } from "./support/run-timed.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mib: { type: "string", default: "400" },
    objects: { type: "string", default: "3000" },
    "log-lines": { type: "string", default: "1000000" },
  },
});
const runs = Number(positionals[0] ?? 7);
const here = import.meta.dirname;
const cli = join(here, "../dist/cli.js");
const manifest = gunzipSync(
  fs.readFileSync(join(here, "../test/fixtures/manifests/modern/manifest.gen.gz")),
);
const work = fs.mkdtempSync(join(tmpdir(), "audit-bench-"));
const target = { seconds: 5, mib: 250, logSeconds: 2 };

/** Where objects are, those of the kernel apart: their needs are no libraries. */
const holdsObjects = /^(?:usr\/)?(?:lib|bin|sbin)\//;

/** Makes objects of files in programs' and libraries' folders; the rest of their content stays. */
function plantObjects(root: string, count: number, faults: boolean): number {
  const { entries } = parseManifest(manifest.toString("latin1"), "manifest.gen");
  const object = tinyElf({
    class: 64,
    needed: faults ? ["libc.so.1", "libnone.so.1"] : ["libc.so.1"],
    ...(faults ? { runpath: "/opt/local/lib" } : {}),
  });
  const paths = entries.flatMap(({ type, path }) =>
    type === "f" && holdsObjects.test(path) ? [path] : [],
  );
  const chosen = paths.slice(0, count);
  for (const path of chosen) {
    const file = fs.openSync(join(root, "proto", path), "r+");
    fs.writeSync(file, object, 0, object.length, 0);
    fs.closeSync(file);
  }
  return chosen.length;
}

/** A build whose nightly.log has that many lines, the last of them with a folder of the host. */
function writeLog(root: string, lines: number): void {
  const folder = join(root, "log/smartbuild/0001-20260101T000000Z");
  fs.mkdirSync(folder, { recursive: true });
  const started = { argv: [], cwd: root, environment: {}, removed: [], status: "s" };
  const events: EventBody[] = [
    {
      ...{ type: "stage-started", stage: "illumos", attempt: 1, ...started },
      log: "illumos.1.log",
      furtherLogs: [{ path: "projects/illumos/log/nightly.log", keptAs: "illumos.1.nightly.log" }],
    },
    { type: "stage-ended", stage: "illumos", attempt: 1, outcome: "succeeded", durationMs: 1 },
  ];
  const at = "2026-01-01T00:00:00.000Z";
  const journal = events.map((event, index) =>
    JSON.stringify({ v: eventVersion, seq: index + 1, at, ...event }),
  );
  fs.writeFileSync(join(folder, "journal.jsonl"), `${journal.join("\n")}\n`);
  fs.writeFileSync(join(folder, "illumos.1.log"), "");
  const log = fs.openSync(join(folder, "illumos.1.nightly.log"), "w");
  const line = `+ gcc -O2 -isystem ${root}/proto/usr/include -DKERNEL -I../../common -c -o obj/file.o file.c\n`;
  for (let left = lines; left > 0; left -= 10_000) fs.writeSync(log, line.repeat(10_000));
  fs.writeSync(log, "gcc -I/opt/local/include -c last.c\n");
  fs.closeSync(log);
}

/** Runs the audit; its exit status 1 is that it found something. */
async function measure(root: string, what: string, words: readonly string[]): Promise<void> {
  const log = join(work, "output");
  const script = '"$@"; test $? -le 1';
  const seconds: number[] = [];
  const cpu: number[] = [];
  let peakKib = 0;
  for (let run = 0; run <= runs; run++) {
    const command = [process.execPath, cli, "audit", "--root", root, ...words];
    const taken = await runTimed(["/bin/sh", "-c", script, "sh", ...command], log);
    // The first one warms the caches.
    if (run === 0) continue;
    seconds.push(taken.seconds);
    cpu.push(taken.cpuSeconds);
    peakKib = Math.max(peakKib, taken.peakKib);
  }
  const last = /^audit: .*$/m.exec(fs.readFileSync(log, "utf8"))?.[0] ?? "";
  const range = `${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)}`;
  console.log(
    `${what}: median ${median(seconds).toFixed(2)} s (${range}), ${median(cpu).toFixed(2)} s CPU, ` +
      `at most ${(peakKib / 1024).toFixed(0)} MiB; ${last}`,
  );
}

try {
  for (const faults of [false, true]) {
    const root = join(work, faults ? "faults" : "sound");
    const made = generateProto({ dir: root, bytes: Number(values.mib) << 20, seed: 1, manifest });
    const objects = plantObjects(root, Number(values.objects), faults);
    const mib = (made.bytes / 2 ** 20).toFixed(0);
    console.log(
      `${made.files} files, ${mib} MiB, ${objects} objects${faults ? " with faults" : ""}`,
    );
    await measure(root, "audit", []);
    if (!faults) continue;
    await measure(root, "audit --json", ["--json"]);
    await measure(root, "host-leaks alone, without a log", ["--rule", "host-leaks", "projects"]);
    writeLog(root, Number(values["log-lines"]));
    await measure(root, `the same with a log of ${values["log-lines"]} lines`, [
      "--rule",
      "host-leaks",
      "projects",
    ]);
    fs.rmSync(root, { recursive: true });
  }
  console.log(
    `to reach: ${target.seconds} s, ${target.mib} MiB; the log adds less than ${target.logSeconds} s`,
  );
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
