// Invariant: the platform is what stands below a root of Debian, links as they are; nothing outside it
// is looked at.
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Platform, type PlatformEntry } from "../../src/engine/audit/platform.ts";
import { elfOf } from "../../src/engine/audit/read-elf.ts";
import { fileSource } from "../../src/engine/image/format/bytes-io.ts";

const types: Readonly<Record<string, PlatformEntry["type"]>> = { d: "d", f: "f", l: "s" };

/** Folders that hold what is installed; the rest of a machine is no platform. */
const installed = [
  "bin",
  "etc",
  "lib",
  "lib32",
  "lib64",
  "libx32",
  "opt",
  "sbin",
  "usr",
  "var/lib",
];

/** All of a Debian machine, or of a root below a folder. */
export function debianPlatform(root: string): Platform {
  const folders = installed.map((name) => join(root, name)).filter((path) => existsSync(path));
  const found = spawnSync("find", [...folders, "-printf", String.raw`%y %m %p\0%l\0`], {
    ...{ encoding: "latin1", maxBuffer: 2 ** 29 },
  });
  const texts = found.stdout.split("\0");
  const entries: PlatformEntry[] = [];
  for (let at = 0; at + 1 < texts.length; at += 2) {
    const [, kind = "", mode = "", full = ""] = /^(.) (\d+) ([^]*)$/.exec(texts[at] ?? "") ?? [];
    const type = types[kind];
    if (type === undefined) continue;
    const file = Buffer.from(full, "latin1");
    entries.push({
      path: full.slice(root === "/" ? 1 : root.length + 1),
      ...{ type, mode: type === "s" ? undefined : parseInt(mode, 8) },
      ...{ owner: "root:root", component: "", target: type === "s" ? texts[at + 1] : undefined },
      open: () => {
        const opened = openSync(file, "r");
        return {
          source: fileSource(opened),
          close: () => {
            closeSync(opened);
          },
        };
      },
    });
  }
  return new Platform(entries, elfOf);
}

/**
 * The folders of etc/ld.so.conf and what it includes, in order, then those where Debian's run-time
 * linkers are, which they look into as well.
 */
export function debianFolders(root: string): readonly string[] {
  const conf = join(root, "etc/ld.so.conf.d");
  const folders = (existsSync(conf) ? readdirSync(conf) : [])
    .filter((name) => name.endsWith(".conf"))
    .sort()
    .flatMap((name) => readFileSync(join(conf, name), "utf8").split("\n"))
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "");
  return [...folders, "/lib64", "/usr/lib64", "/lib", "/usr/lib"];
}
