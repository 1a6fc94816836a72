// The bundled tree builds with configure and make alone, and nothing it delivers came from this machine.
import assert from "node:assert/strict";
import { existsSync, lstatSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { copyMiniLive, filesBelow, removeMiniLive, runIn } from "../support/mini-live.ts";

interface Entry {
  type: string;
  path: string;
  mode: number;
  user: string;
  group: string;
  target: string;
}

/** One manifest line in parts; for a link `target` is what stands after the first "=". */
function entryOf(line: string): Entry {
  const [type = "", second = "", mode = "", user = "", group = ""] = line.split(" ");
  const equal = type === "s" || type === "h" ? second.indexOf("=") : -1;
  return {
    type,
    path: equal < 0 ? second : second.slice(0, equal),
    target: equal < 0 ? "" : second.slice(equal + 1),
    mode: parseInt(mode, 8),
    user,
    group,
  };
}

function readEntries(file: string): Entry[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map(entryOf);
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** The prerequisites of a dependency file that the compiler wrote. */
function prerequisites(file: string): string[] {
  const rule = readFileSync(file, "utf8").replaceAll("\\\n", " ").split("\n")[0] ?? "";
  return rule
    .slice(rule.indexOf(":") + 1)
    .split(" ")
    .filter((word) => word !== "");
}

describe("the bundled tree", () => {
  let root = "";
  let world = "";
  let searched: string[] = [];
  let entries: Entry[] = [];

  before(() => {
    root = copyMiniLive();
    for (const argv of [["./configure"], ["make", "world"], ["make", "live"]]) {
      const done = runIn(root, argv);
      const log = join(root, "projects/illumos/log/latest/mail_msg");
      const mail = existsSync(log) ? readFileSync(log, "utf8") : "";
      assert.equal(done.status, 0, `${argv.join(" ")}:\n${done.output.slice(-4000)}\n${mail}`);
      if (argv[1] === "world") world = done.output;
    }
    const order = readFileSync(join(root, "overlay/order"), "utf8");
    assert.match(order, /^\S+overlay\/smartos \S+overlay\/generic $/);
    searched = [...order.trim().split(" "), join(root, "proto"), join(root, "man/man")];
    entries = readEntries(join(root, "manifest.gen"));
  });

  after(() => {
    removeMiniLive(root);
  });

  it("delivers what its manifests name, of all four types in each", () => {
    assert.ok(entries.length >= 580 && entries.length <= 640, `${String(entries.length)} entries`);
    const missing = entries.filter(
      ({ type, path }) => type === "f" && !searched.some((dir) => isThere(join(dir, path))),
    );
    assert.deepEqual(missing, []);
    const components = readdirSync(join(root, "manifest.d")).sort();
    assert.deepEqual(components, [
      "generic.ov.manifest",
      "illumos-extra.manifest",
      "illumos.manifest",
      "kvm-cmd.sd.manifest",
      "live.manifest",
      "mdata-client.sd.manifest",
      "smartos.ov.manifest",
    ]);
    for (const name of components) {
      const types = new Set(readEntries(join(root, "manifest.d", name)).map(({ type }) => type));
      assert.deepEqual([...types].sort(), ["d", "f", "h", "s"], name);
    }
    const known = new Set(entries.map(({ path }) => path));
    const orphans = entries.filter(
      ({ path }) => dirname(path) !== "." && !known.has(dirname(path)),
    );
    assert.deepEqual(orphans, [], "every entry has its folder in the manifest");
    const files = new Set(entries.filter(({ type }) => type === "f").map(({ path }) => path));
    const loose = entries.filter(({ type, target }) => type === "h" && !files.has(target));
    assert.deepEqual(loose, [], "every hard link names a file");
  });

  it("shows each component of illumos-extra as it comes", () => {
    const banners = world.match(/^=+ (?:strap )?building \S+ =+$/gm) ?? [];
    assert.equal(banners.filter((line) => line.includes("strap")).length, 3);
    assert.equal(banners.length, 10);
    assert.match(world, /^Applying Patches\/01-window\.patch$/m);
    assert.match(world, /^==> Building Illumos \(\d{8}T\d{6}Z\)$/m);
  });

  it("compiles from nothing but the tree", () => {
    const lists = filesBelow(root).filter((path) => path.endsWith(".d") && !/strap\//.test(path));
    assert.ok(lists.length > 500, `${String(lists.length)} dependency files`);
    const foreign: string[] = [];
    for (const list of lists) {
      for (const word of prerequisites(join(root, list))) {
        if (word.startsWith("/")) {
          if (relative(root, resolve(word)).startsWith("..")) foreign.push(`${list}: ${word}`);
          continue;
        }
        // A relative name starts where the compiler ran, which is one of the folders above the list.
        let dir = dirname(join(root, list));
        while (dir !== root && !existsSync(resolve(dir, word))) dir = dirname(dir);
        const found = existsSync(resolve(dir, word));
        if (!found || relative(root, resolve(dir, word)).startsWith(".."))
          foreign.push(`${list}: ${word}`);
      }
    }
    assert.deepEqual(foreign, []);
  });

  it("links with nothing but what it delivers", () => {
    const delivered = new Map(entries.map((entry) => [entry.path, entry]));
    const objects = entries
      .filter(({ type }) => type === "f")
      .map(({ path }) => ({ path, file: searched.map((d) => join(d, path)).find(isThere) ?? "" }))
      .filter(({ file }) => readFileSync(file).subarray(0, 4).toString("latin1") === "\x7fELF");
    assert.ok(objects.length > 200, `${String(objects.length)} objects`);
    const linked = objects.filter(({ path }) => !path.endsWith(".o") && !/^kernel\//.test(path));
    const wrong: string[] = [];
    let programs = 0;
    for (const { path, file } of linked) {
      const { output } = runIn(root, ["readelf", "-W", "-d", "-l", file]);
      const interpreter = /Requesting program interpreter: ([^\]]+)\]/.exec(output)?.[1];
      if (interpreter !== undefined) {
        programs += 1;
        if (!delivered.has(interpreter.slice(1))) wrong.push(`${path}: ${interpreter}`);
      }
      for (const [, name = ""] of output.matchAll(/\(NEEDED\)\s+Shared library: \[([^\]]+)\]/g)) {
        if (!delivered.has(`lib/${name}`) && !delivered.has(`usr/lib/${name}`))
          wrong.push(`${path}: ${name}`);
      }
      if (/\((?:RPATH|RUNPATH)\)/.test(output))
        wrong.push(`${path}: has a library path of its own`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(programs >= 90, `${String(programs)} programs with an interpreter`);
  });

  it("does nothing when world is asked for again", () => {
    const again = runIn(root, ["make", "world"]);
    assert.equal(again.status, 0);
    assert.doesNotMatch(again.output, /\bgcc\b|\bld\b/);
    assert.match(again.output, /Nothing to be done for 'world'/);
  });

  it("packs the owners and modes of the manifest", () => {
    const stamp = readFileSync(join(root, "output/buildstamp"), "utf8").trim();
    const archive = join(root, `output/platform-${stamp}/i86pc/amd64/boot_archive`);
    const ids = (file: string): Map<string, string> =>
      new Map(
        readFileSync(join(root, "overlay/generic/etc", file), "utf8")
          .trim()
          .split("\n")
          .map((line) => [line.split(":")[0] ?? "", line.split(":")[2] ?? ""]),
      );
    const users = ids("passwd");
    const groups = ids("group");
    const listing = runIn(root, ["tar", "--numeric-owner", "-tvf", archive]);
    assert.equal(listing.status, 0, listing.output);
    const letters = (mode: number): string => {
      const plain = Array.from("rwxrwxrwx", (c, i) => (mode & (0o400 >> i) ? c : "-"));
      if (mode & 0o1000) plain[8] = "t";
      return plain.join("");
    };
    const packed = new Map<string, string>();
    for (const line of listing.output.trim().split("\n")) {
      const [, mode = "", owner = "", name = ""] =
        /^(\S+)\s+(\S+)\s+\d+\s+\S+\s+\S+\s+(.*)$/.exec(line) ?? [];
      const link = /^(.*?)(?: -> | link to )(.*)$/.exec(name);
      const path = (link?.[1] ?? name).replace(/\/$/, "");
      packed.set(path, link === null ? `${mode} ${owner}` : `${mode.charAt(0)} ${link[2] ?? ""}`);
    }
    assert.equal(packed.delete("var/log/manifest"), true);
    const wanted = new Map(
      entries.map((e) => {
        if (e.type === "s") return [e.path, `l ${e.target}`];
        if (e.type === "h") return [e.path, `h ${e.target}`];
        const owner = `${users.get(e.user) ?? "?"}/${groups.get(e.group) ?? "?"}`;
        return [e.path, `${e.type === "d" ? "d" : "-"}${letters(e.mode)} ${owner}`];
      }),
    );
    assert.deepEqual([...packed].sort(), [...wanted].sort());
  });
});
