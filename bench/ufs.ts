// Invariant: every part is measured in a process of its own, so that memory and threads are its own;
// the content comes from files with warm caches.
// Usage: ufs.ts [DIR] (work folder, on the disk to measure; removed at the end) [--entries 25000]
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { fileSink, fileSource } from "../src/engine/image/format/bytes-io.ts";
import { openLofi } from "../src/engine/image/format/lofi/reader.ts";
import { compressLofi } from "../src/engine/image/format/lofi/writer.ts";
import type { UfsEntry } from "../src/engine/image/format/ufs/entry.ts";
import { ufsGeometry } from "../src/engine/image/format/ufs/geometry.ts";
import { planUfs } from "../src/engine/image/format/ufs/plan.ts";
import { openUfs } from "../src/engine/image/format/ufs/reader.ts";
import { startUfs } from "../src/engine/image/format/ufs/writer.ts";
import type { Result } from "../src/engine/result.ts";
import { median } from "./support/pairs.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { entries: { type: "string", default: "25000" }, part: { type: "string" } },
});
// Every name takes space of its own, so many more need a larger image with more inodes.
const isLarge = Number(values.entries) > 30_000;
const kib = isLarge ? 600_000 : 448_000;
const density = isLarge ? 4096 : 14000;
const contentMib = 400;

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

/** A tree like that of /usr: three of five are files, most of them small, a few large. */
function makeEntries(count: number): UfsEntry[] {
  let state = 1;
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const owned = { mode: 0o555, uid: 0, gid: 2 };
  const entries: UfsEntry[] = [];
  const sizes: number[] = [];
  const folders = Array.from({ length: Math.ceil(count / 10) }, (_, index) =>
    index < 40 ? `d${index}` : `d${index % 40}/d${index}`,
  );
  for (const path of folders) entries.push({ ...owned, type: "directory", path });
  const folder = (): string => folders[Math.floor(random() * folders.length)] ?? "";
  while (entries.length < count) {
    const path = `${folder()}/n${entries.length}`;
    const kind = random();
    if (kind < 0.28) {
      entries.push({ ...owned, type: "symlink", path, target: `../${path}` });
    } else if (kind < 0.3) {
      entries.push({ type: "hardlink", path, target: "d0/first" });
    } else {
      sizes.push(Math.exp(1.9 * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(7 * random())));
      entries.push({ ...owned, type: "file", path, size: 0 });
    }
  }
  entries.push({ ...owned, type: "file", path: "d0/first", size: 4000 });
  const scale = (contentMib * 2 ** 20) / sizes.reduce((sum, size) => sum + size, 0);
  let next = 0;
  return entries.map((entry) =>
    entry.type === "file" && entry.size === 0
      ? { ...entry, size: Math.round((sizes[next++] ?? 0) * scale) }
      : entry,
  );
}

/** Bytes that compress about as programs do. */
function makePool(path: string): void {
  const pool = Buffer.alloc(64 << 20);
  let state = 7;
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  const words = Array.from({ length: 1024 }, random);
  for (let at = 0; at < pool.length; at += 4) {
    const pick = random() >>> 8;
    pool.writeUInt32LE(pick % 8 === 0 ? random() : (words[pick % 1024] ?? 0), at);
  }
  fs.writeFileSync(path, pool);
}

interface Measured {
  readonly ms: number;
  /** Bytes that were made or read. */
  readonly bytes: number;
  readonly note: string;
}

/** The parts, each run in a process of its own. */
const parts: Readonly<Record<string, (work: string) => Promise<Measured> | Measured>> = {
  plan: () => {
    const entries = makeEntries(Number(values.entries));
    const geometry = value(ufsGeometry(kib, density));
    const started = performance.now();
    const plan = planUfs(geometry, entries);
    const ms = performance.now() - started;
    if (plan.problems.length > 0) throw new Error(JSON.stringify(plan.problems[0]));
    return { ms, bytes: 0, note: `${plan.needs.inodes} inodes, ${plan.needs.blocks} blocks` };
  },
  write: (work) => {
    const plan = planUfs(value(ufsGeometry(kib, density)), makeEntries(Number(values.entries)));
    const pool = fs.openSync(join(work, "pool"), "r");
    const image = fs.openSync(join(work, "image"), "w");
    const started = performance.now();
    const writer = value(startUfs(plan, fileSink(image, kib * 1024), 1767225600));
    let at = 0;
    let bytes = 0;
    for (const node of plan.tree.nodes) {
      if (node.content.kind !== "file") continue;
      const size = writer.beginFile(node.path);
      for (let done = 0; done < size;) {
        const room = writer.room(size - done);
        if (at + room.length > 64 << 20) at = 0;
        const count = fs.readSync(pool, room, 0, room.length, at);
        writer.advance(count);
        at += count;
        done += count;
      }
      writer.endFile();
      bytes += size;
    }
    writer.finish();
    const ms = performance.now() - started;
    return { ms, bytes, note: `${plan.tree.nodes.length} inodes` };
  },
  lofi: async (work) => {
    const source = fileSource(fs.openSync(join(work, "image"), "r"));
    const file = fs.openSync(join(work, "usr.lgz"), "w");
    const started = performance.now();
    const summary = value(await compressLofi(source, fileSink(file, 0)));
    const ms = performance.now() - started;
    const share = ((100 * summary.bytes) / source.size).toFixed(0);
    return { ms, bytes: source.size, note: `to ${share} %` };
  },
  walk: (work) => {
    const lofi = value(openLofi(fileSource(fs.openSync(join(work, "usr.lgz"), "r"))));
    const started = performance.now();
    const image = value(openUfs(lofi));
    let bytes = 0;
    const room = Buffer.alloc(1 << 20);
    for (const { stat } of value(image.paths())) {
      if (stat.type !== "file") continue;
      const content = value(image.open(stat.inode));
      for (let done = 0; done < content.size; done += room.length) {
        content.read(room.subarray(0, Math.min(room.length, content.size - done)), done);
      }
      bytes += content.size;
    }
    return { ms: performance.now() - started, bytes, note: "every file, out of the .lgz" };
  },
};

/** Runs a part in a process of its own; `cores`: on so many. */
function measure(part: string, work: string, cores?: number): Measured & { readonly mib: number } {
  const self = [...process.execArgv, import.meta.filename, work, "--part", part];
  const command = [process.execPath, ...self, "--entries", values.entries];
  const pinned = cores === undefined ? command : ["taskset", "-c", `0-${cores - 1}`, ...command];
  const [program = "", ...args] = pinned;
  const run = spawnSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  if (run.status !== 0) throw new Error(`${part} failed`);
  return JSON.parse(run.stdout) as Measured & { mib: number };
}

function report(what: string, part: string, work: string, cores?: number): void {
  const runs = [1, 2, 3].map(() => measure(part, work, cores));
  const ms = median(runs.map((run) => run.ms));
  const mib = Math.max(...runs.map((run) => run.mib));
  const bytes = runs[0]?.bytes ?? 0;
  const rate = bytes === 0 ? "" : `${(bytes / 2 ** 20 / (ms / 1000)).toFixed(0)} MiB/s, `;
  console.log(
    `${what}: ${ms.toFixed(0)} ms, ${rate}peak memory ${mib.toFixed(0)} MiB (${runs[0]?.note ?? ""})`,
  );
}

const part = values.part === undefined ? undefined : parts[values.part];
if (part !== undefined) {
  const measured = await part(positionals[0] ?? "");
  console.log(JSON.stringify({ ...measured, mib: process.resourceUsage().maxRSS / 1024 }));
} else {
  const work = fs.mkdtempSync(join(positionals[0] ?? tmpdir(), "ufs-bench-"));
  try {
    makePool(join(work, "pool"));
    console.log(`${values.entries} entries, ${kib} KiB, in ${work}; each the median of three`);
    report("plan", "plan", work);
    report("write", "write", work);
    report("lofi, 1 core", "lofi", work, 1);
    report("lofi, 2 cores", "lofi", work, 2);
    report("read all", "walk", work);
  } finally {
    fs.rmSync(work, { recursive: true });
  }
}
