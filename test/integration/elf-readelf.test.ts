// Invariant: what the reader says of an object file is what readelf says of it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import { fileSource, memorySource } from "../../src/engine/image/format/bytes-io.ts";
import { isElf, readElf, type ElfInfo } from "../../src/engine/image/format/elf/reader.ts";
import { tinyElf } from "../support/tiny-elf.ts";

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "elf-"));
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What both say of an object. */
interface Said {
  readonly class: number;
  readonly interpreter: string | undefined;
  readonly needed: readonly string[];
  readonly soname: string | undefined;
  readonly rpath: string | undefined;
  readonly runpath: string | undefined;
}

function hasTool(name: string): boolean {
  return spawnSync(name, ["--version"]).status === 0;
}

/** True when the test has to be left out, which it then says. */
function lacks(t: TestContext, ...tools: readonly string[]): boolean {
  const missing = tools.find((name) => !hasTool(name));
  if (missing !== undefined) t.skip(`there is no ${missing} here`);
  return missing !== undefined;
}

/** What readelf says of files, by path. */
function readelf(paths: readonly string[]): Map<string, Said> {
  const run = spawnSync("readelf", ["-hldW", ...paths], {
    ...{ encoding: "utf8", maxBuffer: 2 ** 28, env: { ...process.env, LC_ALL: "C" } },
  });
  const said = new Map<string, Said>();
  const texts = paths.length === 1 ? [`${paths[0]}\n${run.stdout}`] : [];
  for (const text of [...texts, ...run.stdout.split(/^File: /m).slice(1)]) {
    const path = text.slice(0, text.indexOf("\n"));
    const one = (tag: string): string | undefined =>
      new RegExp(`\\(${tag}\\) .*\\[(.*)\\]$`, "m").exec(text)?.[1];
    said.set(path, {
      class: Number(/^ *Class: +ELF(\d+)$/m.exec(text)?.[1]),
      interpreter: /\[Requesting program interpreter: (.*)\]/.exec(text)?.[1],
      needed: [...text.matchAll(/\(NEEDED\) .*\[(.*)\]$/gm)].map(([, name = ""]) => name),
      soname: one("SONAME"),
      rpath: one("RPATH"),
      runpath: one("RUNPATH"),
    });
  }
  return said;
}

function saidBy({ class: is, interpreter, needed, soname, rpath, runpath }: ElfInfo): Said {
  return { class: is, interpreter, needed, soname, rpath, runpath };
}

function read(path: string): ElfInfo | undefined {
  const file = openSync(path, "r");
  try {
    const found = readElf(fileSource(file), path);
    assert.ok(found.ok, found.ok ? "" : found.failure.message);
    return found.value;
  } finally {
    closeSync(file);
  }
}

/** Object files below folders of this machine; what cannot be read is left out. */
function objectsBelow(folders: readonly string[]): string[] {
  const start = Buffer.alloc(4);
  // find(1), since readdir with `recursive` follows links to folders, of which some lead in a circle.
  const words = [...folders, "-type", "f", "-size", "+1", "!", "-name", "*.debug", "-print"];
  const found = spawnSync("find", words, { encoding: "utf8", maxBuffer: 2 ** 27 });
  return found.stdout.split("\n").filter((path) => {
    try {
      const file = openSync(path, "r");
      try {
        return readSync(file, start, 0, 4, 0) === 4 && isElf(start);
      } finally {
        closeSync(file);
      }
    } catch {
      return false;
    }
  });
}

describe("the reader of object files", () => {
  it("says of this machine's programs and libraries what readelf says", (t) => {
    if (lacks(t, "readelf")) return;
    const paths = objectsBelow(["/usr/bin", "/usr/sbin", "/usr/lib"]);
    let compared = 0;
    for (let at = 0; at < paths.length; at += 100) {
      for (const [path, said] of readelf(paths.slice(at, at + 100))) {
        const info = read(path);
        assert.ok(info, path);
        assert.deepEqual(saidBy(info), said, path);
        compared++;
      }
    }
    t.diagnostic(`${compared} object files compared with readelf`);
    assert.equal(compared, paths.length);
  });

  it("reads both classes in both byte orders, as readelf does", (t) => {
    for (const bits of [32, 64] as const) {
      for (const bigEndian of [false, true]) {
        const made = {
          needed: ["libc.so.1", "libnsl.so.1"],
          soname: "libtiny.so.1",
          rpath: "/usr/lib:/opt/local/lib",
          runpath: "$ORIGIN/../lib",
        };
        const bytes = tinyElf({ class: bits, bigEndian, ...made });
        const name = `tiny-${bits}-${bigEndian ? "big" : "little"}`;
        const found = readElf(memorySource(bytes), name);
        assert.ok(found.ok && found.value !== undefined, name);
        const expected = { class: bits, interpreter: "/lib/ld.so.1", ...made };
        assert.deepEqual(saidBy(found.value), expected, name);
        assert.equal(found.value.byteOrder, bigEndian ? "big-endian" : "little-endian");
        assert.equal(found.value.type, "shared");
        if (!hasTool("readelf")) continue;
        writeFileSync(join(folder, name), bytes);
        assert.deepEqual(readelf([join(folder, name)]).get(join(folder, name)), expected, name);
      }
    }
    if (!hasTool("readelf")) t.diagnostic("not compared with readelf: there is none here");
  });

  it("reads versions needed and defined", (t) => {
    if (lacks(t, "gcc")) return;
    const at = (name: string): string => join(folder, name);
    writeFileSync(at("one.c"), "int one(void) { return 1; }\nint two(void) { return 2; }\n");
    writeFileSync(
      at("one.map"),
      "ONE_1.0 { global: one; local: *; };\nONE_1.1 { global: two; };\n",
    );
    writeFileSync(
      at("user.c"),
      "int one(void), two(void);\nint main(void) { return one() + two(); }\n",
    );
    const gcc = (...words: readonly string[]): void => {
      const run = spawnSync("gcc", words, { cwd: folder, encoding: "utf8" });
      assert.equal(run.status, 0, run.stderr);
    };
    const script = ["-Wl,--version-script=one.map", "-Wl,-soname,libone.so.1"];
    gcc("-shared", "-fPIC", ...script, "-o", "libone.so.1", "one.c");
    gcc("-o", "user", "user.c", at("libone.so.1"));
    assert.deepEqual(read(at("libone.so.1"))?.versionsDefined, ["ONE_1.0", "ONE_1.1"]);
    const needs = read(at("user"))?.versionsNeeded.find(({ file }) => file === "libone.so.1");
    assert.deepEqual(needs?.versions.map(({ name }) => name).sort(), ["ONE_1.0", "ONE_1.1"]);
  });

  it("takes what is no object file for none", () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from("\x7fELF"),
      readFileSync(import.meta.filename),
    ]) {
      const found = readElf(memorySource(bytes), "text");
      assert.ok(found.ok);
      assert.equal(found.value, undefined);
    }
  });
});
