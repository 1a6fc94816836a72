// Invariant: the same arguments give the same tree, byte for byte, on every machine.
// Usage: proto-generator.ts DIR [--mib 500] [--seed 1] [--entries N] [--manifest FILE]
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { parseManifest } from "../src/engine/manifest/parse.ts";

/** What to make. */
export interface ProtoRequest {
  /** The workspace to make; must not exist. */
  readonly dir: string;
  /** Bytes of all files together, about. */
  readonly bytes: number;
  readonly seed: number;
  /** Bytes of a sorted manifest (manifest.gen). */
  readonly manifest: Buffer;
  /** About how many entries to make of it: repeated in numbered folders when it has fewer. */
  readonly entries?: number;
}

/** 32 random bits per call (xorshift; the seed decides all of them). */
function randomBits(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>>= 0);
  };
}

/** Sizes as a platform has them: log-normal, most files small, a few of many megabytes. */
function logNormalSizes(count: number, total: number, bits: () => number): number[] {
  const uniform = () => (bits() + 0.5) / 2 ** 32;
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const raw = Array.from({ length: count }, () => Math.exp(1.9 * normal()));
  const scale = total / raw.reduce((sum, size) => sum + size, 0);
  return raw.map((size) => Math.round(size * scale));
}

/** Bytes that compress about as programs do: words drawn from a small vocabulary, and noise. */
function makePool(bits: () => number): Buffer {
  const pool = Buffer.alloc(8 << 20);
  const words = Array.from({ length: 1024 }, bits);
  for (let offset = 0; offset < pool.length; offset += 4) {
    const pick = bits();
    pool.writeUInt32LE(pick % 8 === 0 ? bits() : (words[(pick >>> 8) % 1024] ?? 0), offset);
  }
  return pool;
}

const accounts = {
  users: { root: 0, daemon: 1, adm: 4, uucp: 5, dladm: 15, netadm: 16, smmsp: 25 },
  groups: {
    ...{ root: 0, other: 1, bin: 2, sys: 3, adm: 4, uucp: 5, mail: 6, tty: 7 },
    ...{ daemon: 12, smmsp: 25, netadm: 65 },
  },
};

/** The files whose content the image builder reads. */
const fixedFiles: Readonly<Record<string, string>> = {
  "etc/passwd": Object.entries(accounts.users)
    .map(([name, id]) => `${name}:x:${id}:${id}::/:\n`)
    .join(""),
  "etc/group": Object.entries(accounts.groups)
    .map(([name, id]) => `${name}::${id}:\n`)
    .join(""),
  "etc/shadow": "root:NP:6445::::::\ndaemon:NP:6445::::::\n",
};

/** Repeats a manifest in numbered folders until it has about `entries` entries, or cuts it. */
function resize(text: string, entries: number): string {
  const lines = text.split("\n").filter((line) => line !== "");
  const result = lines.slice(0, entries);
  for (let copy = 1; result.length < entries; copy++) {
    result.push(`d copy${copy} 0755 root sys`);
    for (const line of lines) {
      if (result.length >= entries) break;
      const [type = "", field = "", ...rest] = line.split(" ");
      const moved = type === "h" ? field.replace("=", `=copy${copy}/`) : field;
      result.push([type, `copy${copy}/${moved}`, ...rest].join(" "));
    }
  }
  // A cut may part a hard link from the file it stands for.
  const paths = new Set(result.map((line) => line.split(/[ =]/)[1]));
  const whole = result.filter((line) => {
    const target = /^h [^=]+=(\S+)/.exec(line)?.[1];
    return target === undefined || paths.has(target);
  });
  return `${whole.join("\n")}\n`;
}

/** The files by which a workspace is known. */
const markers = [
  ...["Makefile", "configure", "default.configure-projects", "default.configure-build"],
  ...["tools/build_live", "tools/lib/build_common.sh", "projects/devpro/Makefile"],
];

/** Makes a modern workspace: proto/, proto/buildstamp, manifest.d/all.manifest. */
export function generateProto(request: ProtoRequest): { files: number; bytes: number } {
  const bits = randomBits(request.seed);
  const original = request.manifest.toString("latin1");
  const text = request.entries === undefined ? original : resize(original, request.entries);
  const { entries } = parseManifest(text, "manifest.gen");
  const proto = join(request.dir, "proto");
  fs.mkdirSync(join(request.dir, "manifest.d"), { recursive: true });
  fs.writeFileSync(join(request.dir, "manifest.d/all.manifest"), text);
  for (const path of markers) {
    fs.mkdirSync(dirname(join(request.dir, path)), { recursive: true });
    fs.writeFileSync(join(request.dir, path), "");
  }
  fs.mkdirSync(proto);
  fs.writeFileSync(join(proto, "buildstamp"), "20260101T000000Z\n");
  for (const { type, path } of entries) {
    if (type === "d") fs.mkdirSync(join(proto, path), { recursive: true });
  }
  const files = entries.filter(({ type }) => type === "f");
  const sizes = logNormalSizes(files.length, request.bytes, bits);
  const pool = makePool(bits);
  let bytes = 0;
  files.forEach(({ path }, index) => {
    const target = join(proto, path);
    const fixed = fixedFiles[path];
    const size = sizes[index] ?? 0;
    const content = fixed === undefined ? contentOf(pool, size, bits()) : Buffer.from(fixed);
    bytes += content.length;
    fs.writeFileSync(target, content);
  });
  const made = new Set(files.map(({ path }) => path));
  for (const entry of entries) {
    if (entry.type === "s") fs.symlinkSync(entry.target, join(proto, entry.path));
    if (entry.type === "h" && made.has(entry.target)) {
      fs.linkSync(join(proto, entry.target), join(proto, entry.path));
    }
  }
  for (const [path, content] of Object.entries(fixedFiles)) {
    fs.mkdirSync(dirname(join(proto, path)), { recursive: true });
    fs.writeFileSync(join(proto, path), content);
  }
  return { files: files.length, bytes };
}

/** A stretch of the pool, another one for each file, that starts with a mark of its own. */
function contentOf(pool: Buffer, size: number, mark: number): Buffer {
  const content = Buffer.alloc(size);
  for (let done = 0, from = mark % (pool.length >> 1); done < size; from = 0) {
    done += pool.copy(content, done, from, Math.min(pool.length, from + size - done));
  }
  createHash("md5").update(String(mark)).digest().copy(content);
  return content;
}

if (process.argv[1] === import.meta.filename) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mib: { type: "string", default: "500" },
      seed: { type: "string", default: "1" },
      entries: { type: "string" },
      manifest: {
        type: "string",
        default: join(import.meta.dirname, "../test/fixtures/manifests/modern/manifest.gen.gz"),
      },
    },
  });
  const [dir] = positionals;
  if (dir === undefined) throw new Error("usage: proto-generator.ts DIR [--mib N] [--seed N]");
  const stored = fs.readFileSync(values.manifest);
  const { files, bytes } = generateProto({
    dir,
    bytes: Number(values.mib) << 20,
    seed: Number(values.seed),
    manifest: values.manifest.endsWith(".gz") ? gunzipSync(stored) : stored,
    ...(values.entries !== undefined && { entries: Number(values.entries) }),
  });
  console.log(`${files} files, ${(bytes / 2 ** 20).toFixed(1)} MiB in ${dir}`);
}
