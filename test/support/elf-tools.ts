// Invariant: what these return is what another tool printed, brought into one form; nothing of our own
// reader is in it.
import { spawnSync } from "node:child_process";

/** What several tools say of an object. */
export interface ElfSaid {
  readonly class: number;
  readonly interpreter: string | undefined;
  readonly needed: readonly string[];
  readonly soname: string | undefined;
  readonly rpath: string | undefined;
  readonly runpath: string | undefined;
  /** `FILE NAME`, sorted. */
  readonly versionsNeeded: readonly string[];
  readonly versionsDefined: readonly string[];
}

/** What scanelf says: of RPATH and RUNPATH it prints the latter where there is one. */
export type ScanelfSaid = Omit<
  ElfSaid,
  "rpath" | "runpath" | "versionsNeeded" | "versionsDefined"
> & {
  readonly bigEndian: boolean;
  readonly folders: string | undefined;
};

/** Where lddtree finds the libraries that an object itself needs; null for one that it does not find. */
export type LddtreeSaid = ReadonlyMap<string, string | null>;

/** A tool of which one call takes this many paths. */
const atOnce = 100;

/** True where a program can be started, and says of itself what it is. */
export function hasTool(name: string, argument = "--version"): boolean {
  return spawnSync(name, [argument]).status === 0;
}

/** True where lddtree works: it is there, and so is the module that it reads objects with. */
export function hasLddtree(): boolean {
  return spawnSync("/usr/bin/python3", ["/usr/bin/lddtree", "--version"]).status === 0;
}

function output(name: string, words: readonly string[], input?: string): string {
  const { stdout } = spawnSync(name, words, {
    ...{ encoding: "utf8", maxBuffer: 2 ** 29, env: { ...process.env, LC_ALL: "C.UTF-8" } },
    ...(input === undefined ? {} : { input }),
  });
  return stdout;
}

function pieces(paths: readonly string[]): string[][] {
  const count = Math.ceil(paths.length / atOnce);
  return Array.from({ length: count }, (_, at) => paths.slice(at * atOnce, (at + 1) * atOnce));
}

/** What readelf says of files, by path. */
export function readelf(paths: readonly string[]): Map<string, ElfSaid> {
  const said = new Map<string, ElfSaid>();
  for (const some of pieces(paths)) {
    const text = output("readelf", ["-hldVW", ...some]);
    // With one file it prints no name.
    const parts =
      some.length === 1 ? [`${some[0] ?? ""}\n${text}`] : text.split(/^File: /m).slice(1);
    for (const part of parts) said.set(part.slice(0, part.indexOf("\n")), ofReadelf(part));
  }
  return said;
}

function ofReadelf(text: string): ElfSaid {
  const one = (tag: string): string | undefined =>
    new RegExp(`\\(${tag}\\) .*?\\[(.*)\\]$`, "m").exec(text)?.[1];
  const needs: string[] = [];
  const defines: string[] = [];
  let file = "";
  for (const line of text.split("\n")) {
    const needed = /^ {2}\S+: Version: \d+ {2}File: (.*) {2}Cnt: \d+$/.exec(line);
    file = needed?.[1] ?? file;
    const name = /^ {2}\S+: {3}Name: (.*) {2}Flags: .* {2}Version: \d+$/.exec(line);
    if (name !== null) needs.push(`${file} ${name[1] ?? ""}`);
    const defined =
      /^ {2}\S+: Rev: \d+ {2}Flags: (.*?) +Index: \d+ {2}Cnt: \d+ {2}Name: (.*)$/.exec(line);
    if (defined !== null && !/\bBASE\b/.test(defined[1] ?? "")) defines.push(defined[2] ?? "");
  }
  return {
    class: Number(/^ *Class: +ELF(\d+)$/m.exec(text)?.[1]),
    interpreter: /\[Requesting program interpreter: (.*)\]/.exec(text)?.[1],
    needed: [...text.matchAll(/\(NEEDED\) .*?\[(.*)\]$/gm)].map(([, name = ""]) => name),
    soname: one("SONAME"),
    rpath: one("RPATH"),
    runpath: one("RUNPATH"),
    versionsNeeded: needs.sort(),
    versionsDefined: defines.sort(),
  };
}

/** What scanelf (pax-utils) says of files, by path. */
export function scanelf(paths: readonly string[]): Map<string, ScanelfSaid> {
  const format = "%M\t%D\t%n\t%S\t%r\t%i\t%F";
  const text = output("scanelf", ["-BF", format, "-f", "-"], `${paths.join("\n")}\n`);
  const said = new Map<string, ScanelfSaid>();
  for (const line of text.split("\n")) {
    const [bits = "", order, needed = "", soname = "", folders = "", interpreter = "", path] =
      line.split("\t");
    if (path === undefined) continue;
    said.set(path, {
      class: Number(bits.replace("ELFCLASS", "")),
      bigEndian: order === "BE",
      needed: needed === "" ? [] : needed.split(","),
      ...{ soname: textOr(soname), folders: textOr(folders), interpreter: textOr(interpreter) },
    });
  }
  return said;
}

/** Nothing stands as nothing, or as a dash in the middle of a column. */
function textOr(text: string): string | undefined {
  return /^ *-? *$/.test(text) ? undefined : text;
}

/** What lddtree says of files, by path; those at which it gives up are left out. */
export function lddtree(paths: readonly string[]): Map<string, LddtreeSaid> {
  const said = new Map<string, LddtreeSaid>();
  for (const some of pieces(paths)) {
    for (let rest = some; rest.length > 0;) {
      const read = lddtreeOnce(rest);
      for (const [path, libraries] of read) said.set(path, libraries);
      // An object that it cannot decode ends it: on with the one behind.
      const last = rest.findLastIndex((path) => read.has(path));
      rest = rest.slice(last + 2);
    }
  }
  return said;
}

function lddtreeOnce(paths: readonly string[]): Map<string, LddtreeSaid> {
  const said = new Map<string, Map<string, string | null>>();
  let last = new Map<string, string | null>();
  // It takes patterns.
  const patterns = paths.map((path) => path.replaceAll("[", "[[]"));
  // By its name env would start whatever python3 comes first; Debian's has the module that it needs.
  const words = ["/usr/bin/lddtree", "--skip-non-elfs", ...patterns];
  for (const line of output("/usr/bin/python3", words).split("\n")) {
    const head = /^(\S.*) \(interpreter => .*\)$/.exec(line);
    if (head !== null) said.set(head[1] ?? "", (last = new Map<string, string | null>()));
    const direct = /^ {4}(\S.*?) => (.*)$/.exec(line);
    if (direct === null) continue;
    const [, name = "", place = ""] = direct;
    last.set(name, place === "None" ? null : place);
  }
  return said;
}
