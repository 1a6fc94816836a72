// Invariant: a shim changes nothing outside the staged copy; what it cannot do it refuses aloud.
import { accessSync, chmodSync, constants, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Way } from "./job.ts";

/** A chown, chgrp or chmod as it was called: its folder and its words. */
export interface RecordedCall {
  readonly command: string;
  readonly cwd: string;
  readonly words: readonly string[];
}

/** Where in PATH a program is, the folder of shims aside. */
function find(program: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

const refused = {
  mount: "an image is made here without mounting anything",
  umount: "nothing is mounted in the image",
  chroot: "programs of the image cannot run on this host",
  mknod: "an image holds directories, files and links only",
};

/**
 * Writes the programs that stand first in PATH while scripts run: pfexec and gsed where the host
 * lacks them; refusals; with the way "recorded" also chown, chgrp and chmod, which write down how
 * they were called into the file `record`.
 */
export function writeShims(folder: string, record: string, way: Way, path: string): void {
  mkdirSync(folder);
  const shim = (name: string, body: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  if (find("pfexec", path) === undefined) shim("pfexec", 'exec "$@"');
  if (find("gsed", path) === undefined) shim("gsed", 'exec sed "$@"');
  if (way === "root" || way === "pfexec") return;
  for (const [name, reason] of Object.entries(refused)) {
    shim(name, `echo "${name}: refused: ${reason}" >&2\nexit 1`);
  }
  if (way === "fakeroot") return;
  for (const name of ["chown", "chgrp", "chmod"]) {
    const write = `printf '%s\\0' ${name} "$PWD" "$#" "$@" >> ${shellQuoted(record)}`;
    const real = find(name, path);
    shim(
      name,
      name === "chmod" && real !== undefined ? `${write}\nexec ${shellQuoted(real)} "$@"` : write,
    );
  }
  writeFileSync(record, "");
}

/** The calls that shims wrote down, in order. */
export function readRecord(record: string): RecordedCall[] {
  const words = readFileSync(record, "latin1").split("\0");
  const calls: RecordedCall[] = [];
  for (let at = 0; at + 2 < words.length;) {
    const [command = "", cwd = "", count = "0"] = words.slice(at, at + 3);
    calls.push({ command, cwd, words: words.slice(at + 3, at + 3 + Number(count)) });
    at += 3 + Number(count);
  }
  return calls;
}
