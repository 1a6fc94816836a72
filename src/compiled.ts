// Invariant: bundled for Node 12 with launch.ts; what is kept is only ever a copy of what the files
// of this program compile to, in the folder of the user that runs it.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "fs";
import { createRequire } from "module";
import { dirname, join } from "path";
import { Script } from "vm";
import { exitCodes } from "./engine/exit-codes.ts";

declare const __BUILD__: string;

/** Where compiled code is kept; undefined where there is no place for it. */
function cacheFolder(): string | undefined {
  const base = process.env.XDG_CACHE_HOME || (process.env.HOME && join(process.env.HOME, ".cache"));
  return base
    ? join(base, "smartbuild", `${process.version}-${process.arch}-${__BUILD__}`)
    : undefined;
}

/**
 * A function that runs files of the bundle beside `main`, each once, as CommonJS modules. The code of
 * all functions that a run has called is kept for the next one of the same `kind`, which takes over
 * half of what it costs to start. (Node's own compile cache keeps only what is called at once.)
 */
export function loader(main: string, kind: string): (name: string) => unknown {
  const folder = cacheFolder();
  const fromNode = createRequire(main);
  const loaded = new Map<string, { exports: unknown }>();
  const load = (name: string): unknown => {
    if (!name.startsWith("./")) return fromNode(name);
    const known = loaded.get(name);
    if (known !== undefined) return known.exports;
    const file = join(dirname(main), name);
    const kept = folder === undefined ? undefined : join(folder, `${kind}-${name.slice(2)}`);
    const script = compile(file, kept);
    const module: { exports: unknown } = { exports: {} };
    loaded.set(name, module);
    (script.runInThisContext() as (...given: unknown[]) => void)(
      module.exports,
      load,
      module,
      file,
    );
    return module.exports;
  };
  return load;
}

function compile(filename: string, kept: string | undefined): Script {
  // The bundle is ASCII: as Latin-1 it need not be decoded.
  const source = readFileSync(filename, "latin1");
  const cachedData = kept === undefined ? undefined : read(kept);
  const script = new Script(`(function(exports,require,module,__filename){${source}\n})`, {
    filename,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  if (kept !== undefined && script.cachedDataRejected !== false) {
    process.on("exit", (code) => {
      // What was mistyped is no kind of run.
      if (code !== exitCodes.usage) write(kept, script.createCachedData());
    });
  }
  return script;
}

const sumBytes = 4;

/** Asked of Node only now: an older one, which has to read this file, has no crc32. */
function checksum(data: Buffer): number {
  return process.getBuiltinModule("zlib").crc32(data);
}

/** Damaged code would not be noticed when it runs: what was kept has a checksum at its end. */
function read(path: string): Buffer | undefined {
  try {
    const file = readFileSync(path);
    const data = file.subarray(0, file.length - sumBytes);
    return checksum(data) === file.readUInt32LE(data.length) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Node's own recursive mkdir never comes to an end where /proc is asked for a folder. */
function makeFolder(path: string, levels: number): void {
  if (existsSync(path)) return;
  if (levels > 1) makeFolder(dirname(path), levels - 1);
  mkdirSync(path, { mode: 0o700 });
}

const monthMs = 30 * 24 * 60 * 60 * 1000;

/** Drops what other versions kept and have written nothing to for a month. */
function dropOld(base: string): void {
  for (const name of readdirSync(base)) {
    const folder = join(base, name);
    if (!/^v[\d.]+-\w+-[\da-f]{16}$/.test(name)) continue;
    if (Date.now() - statSync(folder).mtimeMs < monthMs) continue;
    for (const file of readdirSync(folder)) unlinkSync(join(folder, file));
    rmdirSync(folder);
  }
}

/** All of it or nothing; where that cannot be, the next start is only slower. */
function write(path: string, data: Buffer): void {
  const unfinished = `${path}.${process.pid}`;
  try {
    const sum = Buffer.alloc(sumBytes);
    sum.writeUInt32LE(checksum(data), 0);
    const folder = dirname(path);
    const isFirst = !existsSync(folder);
    makeFolder(folder, 3);
    writeFileSync(unfinished, Buffer.concat([data, sum]), { mode: 0o600, flag: "wx" });
    renameSync(unfinished, path);
    if (isFirst) dropOld(dirname(folder));
  } catch {
    try {
      unlinkSync(unfinished);
    } catch {
      // It was never there.
    }
  }
}
