// Invariant: each change of the proto area or the manifest goes together with the keys of the findings
// that must follow from it, worked out from facts that were taken before.
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import type { ElfSaid } from "../../support/elf-tools.ts";
import type { Random } from "../../support/random.ts";
import { endsOf, objectsOf, scriptsOf, type RootEntry } from "./facts.ts";
import { manifestLines, type DebianWorkspace } from "./workspace.ts";

/** A workspace into which faults are being planted. */
export class Planting {
  readonly root: string;
  readonly proto: string;
  readonly random: Random;
  readonly entries: ReadonlyMap<string, RootEntry>;
  readonly objects: ReadonlyMap<string, ElfSaid>;
  readonly scripts: ReadonlyMap<string, string>;
  /** Where each link ends. */
  readonly ends: ReadonlyMap<string, string | undefined>;
  /** Lines of the manifest by path. */
  readonly manifest: Map<string, string>;
  readonly expected = new Set<string>();
  /** What was changed, so that no two faults meet in one object. */
  readonly #touched = new Set<string>();
  readonly #undelivered = new Set<string>();
  readonly #interpreters: ReadonlySet<string | undefined>;

  constructor({ tree, proto, entries }: DebianWorkspace, random: Random) {
    this.root = tree.root;
    this.proto = proto;
    this.random = random;
    this.entries = new Map(entries.map((entry) => [entry.path, entry]));
    this.objects = objectsOf(proto, entries);
    this.scripts = scriptsOf(proto, entries);
    const links = entries.filter(({ type }) => type === "s").map(({ path }) => path);
    this.ends = endsOf(proto, links);
    this.manifest = manifestLines(entries);
    const programs = [...this.scripts.values()].map((line) => line.split(/\s+/)[0] ?? "");
    this.#interpreters = new Set(programs.map((path) => this.endOf(path)));
  }

  expect(kind: string, path: string, detail = ""): void {
    const told = detail.replaceAll(this.root, "$WORKSPACE");
    this.expected.add([kind, path, ...(told === "" ? [] : [told])].join(" "));
  }

  /** Chooses some of the paths that nothing was done to yet; throws when they are too few. */
  choose(count: number, paths: Iterable<string>): readonly string[] {
    const free = [...paths].filter((path) => !this.#touched.has(path)).sort();
    if (free.length < count) throw new Error(`${free.length} paths to choose ${count} from`);
    const chosen = this.random.shuffle(free).slice(0, count);
    this.touch(chosen);
    return chosen;
  }

  /** Nothing else is to be done to these. */
  touch(paths: Iterable<string>): void {
    for (const path of paths) this.#touched.add(path);
  }

  /** Ordinary programs with needed libraries and no folders of their own. */
  programs(): readonly string[] {
    return [...this.objects]
      .filter(([path, elf]) => {
        const isProgram = /^usr\/s?bin\//.test(path) && elf.interpreter !== undefined;
        const entry = this.entries.get(path);
        const isPlain = entry?.links === 1 && /^0/.test(entry.mode);
        const ownFolders = elf.rpath ?? elf.runpath;
        return isProgram && isPlain && ownFolders === undefined && elf.needed.length > 0;
      })
      .map(([path]) => path)
      .filter((path) => !this.#interpreters.has(path));
  }

  /**
   * Libraries that between one and `most` objects need, with those objects and the name in them; none
   * of them was changed yet.
   */
  libraries(most: number): ReadonlyMap<string, readonly (readonly [user: string, name: string])[]> {
    const folder = "usr/lib/x86_64-linux-gnu/";
    const users = new Map<string, (readonly [string, string])[]>();
    for (const [user, { needed }] of this.objects) {
      for (const name of needed) {
        const path = this.endOf(folder + name);
        if (path === undefined || !this.objects.has(path)) continue;
        users.set(path, [...(users.get(path) ?? []), [user, name]]);
      }
    }
    return new Map(
      [...users].filter(([path, some]) => {
        const isLibrary = this.objects.get(path)?.interpreter === undefined;
        const isFree = [path, ...some.map(([user]) => user)].every(
          (each) => !this.#touched.has(each),
        );
        return isLibrary && isFree && path.startsWith(folder) && some.length <= most;
      }),
    );
  }

  /** Where a path ends when links are followed. */
  endOf(path: string): string | undefined {
    const below = path.replace(/^\/+/, "");
    if (this.ends.has(below)) return this.ends.get(below);
    if (this.entries.get(below)?.type === "f") return below;
    // Folders that were merged into usr are links.
    const merged = /^(?:bin|sbin|lib|lib64)\//.test(below) ? `usr/${below}` : undefined;
    return merged === undefined ? undefined : this.endOf(merged);
  }

  /** Takes a path out of the manifest; links to it then lead nowhere. */
  leaveOut(path: string): void {
    this.manifest.delete(path);
    this.#undelivered.add(path);
    for (const [link, end] of this.ends) {
      if (end === path) this.expect("link-dangling", link, this.entries.get(link)?.target);
    }
  }

  /** Takes a path out of the proto area, too. */
  remove(path: string): void {
    this.leaveOut(path);
    this.#undelivered.delete(path);
    rmSync(join(this.proto, path));
  }

  /** Installs a file; without `mode` nobody delivers it. */
  install(path: string, content: string, mode?: string): void {
    mkdirSync(dirname(join(this.proto, path)), { recursive: true });
    writeFileSync(join(this.proto, path), content);
    if (mode === undefined) this.#undelivered.add(path);
    else this.manifest.set(path, `f ${path} ${mode} root root`);
  }

  /** Gives a line of the manifest another mode. */
  setMode(path: string, mode: string): void {
    const { type, user, group } = this.entries.get(path) ?? {};
    this.manifest.set(path, `${type ?? "f"} ${path} ${mode} ${user ?? ""} ${group ?? ""}`);
  }

  append(path: string, text: string): void {
    appendFileSync(join(this.proto, path), text);
  }

  patchelf(path: string, ...words: readonly string[]): void {
    const done = spawnSync("patchelf", [...words, join(this.proto, path)], { encoding: "utf8" });
    if (done.status !== 0) throw new Error(`patchelf ${path}: ${done.stderr}`);
  }

  /** Says in an object's header that it is for AArch64 (e_machine 183, System V ABI). */
  setMachine(path: string): void {
    const file = openSync(join(this.proto, path), "r+");
    writeSync(file, Buffer.from([183, 0]), 0, 2, 18);
    closeSync(file);
  }

  /** Replaces a text by one of the same length; throws when the file does not hold it. */
  replaceText(path: string, from: string, to: string): void {
    const bytes = readFileSync(join(this.proto, path));
    const [wanted, given] = [`\0${from}\0`, `\0${to}\0`].map((text) => Buffer.from(text));
    if (wanted === undefined || given === undefined) return;
    if (!bytes.includes(wanted)) throw new Error(`${path} does not hold ${from}`);
    for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1))
      given.copy(bytes, at);
    writeFileSync(join(this.proto, path), bytes);
  }

  /** Writes the manifest, and expects what is in the proto area and not in it, a line a folder. */
  finish(write: (path: string, text: string) => void): void {
    for (const path of this.#undelivered) {
      const folder = dirname(path).split("/").slice(0, 3).join("/");
      const kind = path.endsWith(".h") ? "headers" : path.endsWith(".a") ? "archives" : "files";
      this.expect(`orphan-${kind}`, folder);
    }
    write("projects/illumos/manifest", `${[...this.manifest.values()].join("\n")}\n`);
  }
}
