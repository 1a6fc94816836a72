// Invariant: what the reader says of an object file is what readelf and scanelf say of it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it, type TestContext } from "node:test";
import { memorySource } from "../../src/engine/image/format/bytes-io.ts";
import { readElf } from "../../src/engine/image/format/elf/reader.ts";
import {
  compareWithReadelf,
  compareWithScanelf,
  objectsBelow,
  readObject,
  saidBy,
  type Compared,
} from "../support/elf-compare.ts";
import { hasTool, readelf } from "../support/elf-tools.ts";
import { tinyElf } from "../support/tiny-elf.ts";

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "elf-"));
});
after(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** True when the test has to be left out, which it then says. */
function lacks(t: TestContext, ...tools: readonly string[]): boolean {
  const missing = tools.find((name) => !hasTool(name));
  if (missing !== undefined) t.skip(`NOT COMPARED: there is no ${missing} here`);
  return missing !== undefined;
}

function agrees(t: TestContext, tool: string, { objects, values, differences, ...more }: Compared) {
  assert.deepEqual(differences.slice(0, 10), []);
  t.diagnostic(`${objects} object files, ${values} values: as ${tool} says`);
  for (const [why, count] of more.explained) t.diagnostic(`${count} left out: ${why}`);
}

/** Runs a command in the test's folder. */
function make(name: string, ...words: readonly string[]): boolean {
  return spawnSync(name, words, { cwd: folder }).status === 0;
}

describe("the reader of object files", () => {
  it("says of this machine's programs and libraries what readelf and scanelf say", (t) => {
    const paths = objectsBelow(["/usr/bin", "/usr/sbin", "/usr/lib", "/usr/libexec"]);
    if (lacks(t, "readelf")) return;
    agrees(t, "readelf", compareWithReadelf(paths));
    if (hasTool("scanelf", "-V")) agrees(t, "scanelf", compareWithScanelf(paths));
    else t.diagnostic("NOT COMPARED with scanelf: pax-utils is not installed");
  });

  it("says the same of 32-bit objects, other forms of linking, and of what objcopy leaves", (t) => {
    if (lacks(t, "gcc", "readelf")) return;
    writeFileSync(
      join(folder, "a.c"),
      "int a(void) { return 1; }\nint main(void) { return a(); }\n",
    );
    const made: string[] = [];
    const add = (name: string, isMade: boolean): void => {
      if (isMade) made.push(join(folder, name));
    };
    for (const bits of ["-m64", "-m32"]) {
      const gcc = (name: string, ...words: readonly string[]): void => {
        const whole = `${name}${bits}`;
        add(whole, make("gcc", bits, "-g", "-o", whole, "a.c", ...words));
      };
      gcc("plain");
      gcc("static", "-static");
      gcc("object", "-c");
      gcc("rpath", "-Wl,--disable-new-dtags,-rpath,/opt/x:$ORIGIN/../lib");
      gcc("runpath", "-Wl,--enable-new-dtags,-rpath,/opt/x::lib");
      gcc("shared", "-shared", "-fPIC", "-Wl,-soname,liba.so.1");
      gcc("filter", "-shared", "-fPIC", "-Wl,-F,libb.so.1,-f,libc.so.9");
      for (const from of ["plain", "shared"]) {
        const debug = `${from}${bits}.debug`;
        add(debug, make("objcopy", "--only-keep-debug", `${from}${bits}`, debug));
        add(`${debug}.bare`, make("objcopy", "--strip-all", `${from}${bits}`, `${debug}.bare`));
      }
    }
    assert.ok(made.length >= 10, made.join(" "));
    if (!made.some((path) => path.includes("-m32"))) t.diagnostic("no 32-bit objects: no gcc -m32");
    agrees(t, "readelf", compareWithReadelf(made));
    if (hasTool("scanelf", "-V")) agrees(t, "scanelf", compareWithScanelf(made));
    const filter = readObject(join(folder, "filter-m64"));
    assert.deepEqual([filter?.filters, filter?.auxiliaries], [["libb.so.1"], ["libc.so.9"]]);
  });

  it("says the same of big-endian objects of other machines", (t) => {
    if (lacks(t, "readelf", "dpkg-deb", "apt-get")) return;
    const machines = { powerpc: 32, s390x: 64 } as const;
    for (const [machine, bits] of Object.entries(machines)) {
      const scratch = join(folder, machine);
      mkdirSync(scratch);
      const limits = ["-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=10"];
      const got = spawnSync("apt-get", ["download", ...limits, `libc6-${machine}-cross`], {
        ...{ cwd: scratch, timeout: 60_000, encoding: "utf8" },
      });
      const unpacked =
        got.status === 0 && make("sh", "-c", `dpkg-deb -x ${machine}/*.deb ${machine}`);
      if (!unpacked) {
        t.diagnostic(`NOT COMPARED with objects for ${machine}: apt cannot reach its library`);
        continue;
      }
      const paths = objectsBelow([scratch]);
      assert.ok(paths.length > 5, `${paths.length} objects for ${machine}`);
      for (const path of paths) {
        const info = readObject(path);
        assert.deepEqual([info?.class, info?.byteOrder], [bits, "big-endian"], path);
      }
      agrees(t, `readelf of ${machine}`, compareWithReadelf(paths));
      if (hasTool("scanelf", "-V")) agrees(t, "scanelf", compareWithScanelf(paths));
    }
  });

  it("reads both classes in both byte orders without sections, as readelf does", (t) => {
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
        const none = { versionsNeeded: [], versionsDefined: [] };
        const expected = { class: bits, interpreter: "/lib/ld.so.1", ...made, ...none };
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

  it("says nothing of a run-time linker whose name is not in the file", () => {
    // As debugging data kept apart may be: the segment is there, with no byte of the file in it.
    const bytes = tinyElf({ class: 64 });
    bytes.writeBigUInt64LE(0n, 64 + 32);
    const found = readElf(memorySource(bytes), "tiny");
    assert.ok(found.ok, found.ok ? "" : found.failure.message);
    assert.equal(found.value?.interpreter, undefined);
    assert.equal(found.value?.isDynamic, true);
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
    assert.deepEqual(readObject(at("libone.so.1"))?.versionsDefined, ["ONE_1.0", "ONE_1.1"]);
    const needs = readObject(at("user"))?.versionsNeeded.find(({ file }) => file === "libone.so.1");
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
