// Invariant: what is known of the root comes from other tools (find, readelf, readlink, head), never
// from the reader or the rules that are tested.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { readelf, type ElfSaid } from "../../support/elf-tools.ts";

/** One path of the root, as find(1) describes it. */
export interface RootEntry {
  readonly path: string;
  readonly type: "d" | "f" | "s";
  /** Octal digits, four of them. */
  readonly mode: string;
  readonly user: string;
  readonly group: string;
  readonly target: string;
  /** Paths of one inode have the same number. */
  readonly inode: string;
  readonly links: number;
}

const types: Readonly<Record<string, RootEntry["type"]>> = { d: "d", f: "f", l: "s" };

/** All folders, files and links below a root, by path; devices and the like are left out. */
export function entriesBelow(root: string): readonly RootEntry[] {
  const format = String.raw`%y\t%m\t%u\t%g\t%i\t%n\t%P\t%l\0`;
  const entries = run("find", [root, "-mindepth", "1", "-printf", format])
    .split("\0")
    .flatMap((record): RootEntry[] => {
      const [
        kind = "",
        mode = "",
        user = "",
        group = "",
        inode = "",
        links,
        path = "",
        target = "",
      ] = record.split("\t");
      const type = types[kind];
      if (type === undefined) return [];
      const owned = { mode: mode.padStart(4, "0"), user, group };
      return [{ path, type, ...owned, target, inode, links: Number(links) }];
    });
  return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What readelf says of the objects of a root, by path below it. */
export function objectsOf(root: string, entries: readonly RootEntry[]): Map<string, ElfSaid> {
  const files = entries.filter(({ type }) => type === "f").map(({ path }) => join(root, path));
  const start = run("sh", ["-c", 'xargs -0 -n 500 grep -laP "\\A\\x7fELF" --'], files.join("\0"));
  const said = readelf(start.split("\n").filter((path) => path !== ""));
  return new Map([...said].map(([path, elf]) => [path.slice(root.length + 1), elf]));
}

/** The `#!` lines of a root's scripts, by path below it. */
export function scriptsOf(root: string, entries: readonly RootEntry[]): Map<string, string> {
  const files = entries.filter(({ type }) => type === "f").map(({ path }) => join(root, path));
  const found = run(
    "sh",
    ["-c", 'xargs -0 -n 500 grep -nam1 "^#!" /dev/null --'],
    files.join("\0"),
  );
  const lines = new Map<string, string>();
  for (const line of found.split("\n")) {
    const match = /^([^:]+):1:#!\s*(.*?)\s*$/.exec(line);
    if (match !== null) lines.set((match[1] ?? "").slice(root.length + 1), match[2] ?? "");
  }
  return lines;
}

/** Where each link of a root ends, seen from inside it; undefined for one that leads nowhere. */
export function endsOf(root: string, links: readonly string[]): Map<string, string | undefined> {
  const ask = 'while read -r path; do readlink -e "/$path" || echo; done';
  const ends = run(
    "chroot",
    [root, "/bin/sh", "-c", ask],
    links.map((path) => `${path}\n`).join(""),
  );
  const lines = ends.split("\n");
  return new Map(
    links.map((path, at) => [path, lines[at] === "" ? undefined : lines[at]?.slice(1)]),
  );
}

function run(name: string, words: readonly string[], input = ""): string {
  const done = spawnSync(name, words, {
    ...{ encoding: "utf8", maxBuffer: 2 ** 29, env: { ...process.env, LC_ALL: "C.UTF-8" }, input },
  });
  if (done.error !== undefined) throw done.error;
  return done.stdout;
}
