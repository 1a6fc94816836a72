// Invariant: an object counts as compared only when both sides said something of it, and a difference
// is left out only for a reason that stands here.
import assert from "node:assert/strict";
import { closeSync, openSync, readSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { inspect, isDeepStrictEqual } from "node:util";
import { findLibrary, type DefaultFolders } from "../../src/engine/audit/find-library.ts";
import type { Platform } from "../../src/engine/audit/platform.ts";
import { fileSource } from "../../src/engine/image/format/bytes-io.ts";
import { isElf, readElf, type ElfInfo } from "../../src/engine/image/format/elf/reader.ts";
import { lddtree, readelf, scanelf, type ElfSaid, type ScanelfSaid } from "./elf-tools.ts";

/** What came out of comparing many objects with one tool. */
export interface Compared {
  readonly objects: number;
  /** Values on both sides: names, paths and versions. */
  readonly values: number;
  readonly differences: readonly string[];
  /** Differences with the reason why they are none of ours, how often each. */
  readonly explained: ReadonlyMap<string, number>;
}

/** What our reader says of a file; undefined when it is no object. */
export function readObject(path: string): ElfInfo | undefined {
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
export function objectsBelow(folders: readonly string[]): readonly string[] {
  const start = Buffer.alloc(4);
  // find(1), since readdir with `recursive` follows links to folders, of which some lead in a circle.
  const words = [...folders, "-xdev", "-type", "f", "-size", "+0", "-print0"];
  const found = spawnSync("find", words, { encoding: "utf8", maxBuffer: 2 ** 28 });
  return found.stdout.split("\0").filter((path) => {
    // The tools are given lists and asked for lines.
    if (path === "" || /[\n\t]/.test(path)) return false;
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

/** Our reader's words in the form of readelf's. */
export function saidBy(info: ElfInfo): ElfSaid {
  const { class: is, interpreter, needed, soname, rpath, runpath } = info;
  const versionsNeeded = info.versionsNeeded.flatMap(({ file, versions }) =>
    versions.map(({ name }) => `${file} ${name}`),
  );
  const versionsDefined = [...info.versionsDefined].sort();
  return {
    ...{ class: is, interpreter, needed, soname, rpath, runpath },
    ...{ versionsNeeded: versionsNeeded.sort(), versionsDefined },
  };
}

function inScanelfForm(info: ElfInfo): ScanelfSaid {
  const { class: is, interpreter, needed, soname, byteOrder } = info;
  const folders = info.runpath ?? info.rpath;
  const bigEndian = byteOrder === "big-endian";
  return { ...{ class: is, bigEndian, interpreter, needed, soname }, folders };
}

/** Compares needed, SONAME, RPATH, RUNPATH, run-time linker and versions with readelf's. */
export function compareWithReadelf(paths: readonly string[]): Compared {
  const said = readelf(paths);
  return compare(paths, (path, info) => [saidBy(info), said.get(path), undefined]);
}

const namelessInterpreter =
  "debugging data kept apart: scanelf prints bytes of it for the name of the run-time linker, which is not in it";

/** The same with scanelf's, as far as it goes. */
export function compareWithScanelf(paths: readonly string[]): Compared {
  const said = scanelf(paths);
  return compare(paths, (path, info) => {
    const theirs = said.get(path);
    const reason =
      path.endsWith(".debug") && theirs === undefined ? namelessInterpreter : undefined;
    return [inScanelfForm(info), theirs, reason];
  });
}

const tokenInName = "lddtree leaves $ORIGIN in the name of a needed library as it is";

const givesUp = "lddtree ends without a word about it, mostly at a name that is no UTF-8";

/** Compares the paths at which needed libraries are found with lddtree's; the first one decides. */
export function compareWithLddtree(
  paths: readonly string[],
  platform: Platform,
  defaults: DefaultFolders,
): Compared {
  const said = lddtree(paths);
  return compare(paths, (path, info) => {
    if (!said.has(path)) return [info, undefined, givesUp];
    const entry = platform.find(path);
    assert.ok(entry, path);
    const at = (place: string | null | undefined): string =>
      (typeof place === "string" ? platform.find(place)?.path : undefined) ?? "nowhere";
    const names = new Set(info.needed);
    const ours = [...names].map((name) => {
      const { found } = findLibrary(name, entry, info, platform, defaults);
      return `${name} ${found?.path ?? "nowhere"}`;
    });
    const theirs = [...names].map((name) => `${name} ${at(said.get(path)?.get(name))}`);
    const differ = [...names].filter((_, index) => ours[index] !== theirs[index]);
    const isToken = differ.length > 0 && differ.every((name) => name.includes("$ORIGIN"));
    return [{ found: ours }, { found: theirs }, isToken ? tokenInName : undefined];
  });
}

type Sides = readonly [ours: object, theirs: object | undefined, reason: string | undefined];

function compare(
  paths: readonly string[],
  sidesOf: (path: string, info: ElfInfo) => Sides,
): Compared {
  const differences: string[] = [];
  const explained = new Map<string, number>();
  let [objects, values] = [0, 0];
  for (const path of paths) {
    const info = readObject(path);
    if (info === undefined) {
      differences.push(`${path}: no object file for us`);
      continue;
    }
    const [ours, theirs, reason] = sidesOf(path, info);
    if (isDeepStrictEqual(ours, theirs)) {
      objects++;
      values += Object.values(ours)
        .flat()
        .filter((value) => value !== undefined).length;
    } else if (reason !== undefined) explained.set(reason, (explained.get(reason) ?? 0) + 1);
    else differences.push(`${path}: ours ${inspect(ours)}, theirs ${inspect(theirs)}`);
  }
  return { objects, values, differences, explained };
}
