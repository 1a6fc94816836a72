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

/** What the shims are made for. */
export interface ShimRequest {
  readonly way: Way;
  /** File to make, for the way "recorded". */
  readonly record: string;
  /** PATH, in which the real programs are. */
  readonly path: string;
  /** Ids by name, of the image. */
  readonly users: Readonly<Record<string, number>>;
  readonly groups: Readonly<Record<string, number>>;
}

/**
 * Writes the programs that stand first in PATH while scripts run: pfexec and gsed where the host
 * lacks them; where it is no illumos, chown and chgrp that take names from the image; refusals; with
 * the way "recorded" chown, chgrp and chmod that write down how they were called.
 */
export function writeShims(folder: string, request: ShimRequest): void {
  const { way, record, path, users, groups } = request;
  mkdirSync(folder);
  const shim = (name: string, body: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  if (find("pfexec", path) === undefined) shim("pfexec", 'exec "$@"');
  if (find("gsed", path) === undefined) shim("gsed", 'exec sed "$@"');
  if (way === "recorded") {
    for (const name of ["chown", "chgrp", "chmod"]) {
      const write = `printf '%s\\0' ${name} "$PWD" "$#" "$@" >> ${shellQuoted(record)}`;
      const real = name === "chmod" ? find(name, path) : undefined;
      shim(name, real === undefined ? write : `${write}\nexec ${shellQuoted(real)} "$@"`);
    }
    writeFileSync(record, "");
  } else if (process.platform !== "sunos") {
    for (const name of ["chown", "chgrp"] as const) {
      const real = find(name, path);
      if (real !== undefined) shim(name, translating(name, real, users, groups));
    }
  }
  if (way === "root" || way === "pfexec") return;
  for (const [name, reason] of Object.entries(refused)) {
    shim(name, `echo "${name}: refused: ${reason}" >&2\nexit 1`);
  }
}

/** The real program, with the names of its first operand replaced by the image's ids. */
function translating(
  name: "chown" | "chgrp",
  real: string,
  users: Readonly<Record<string, number>>,
  groups: Readonly<Record<string, number>>,
): string {
  const lookUp = (kind: string, ids: Readonly<Record<string, number>>): string =>
    [
      `${kind}() {`,
      '  case $1 in "" | *[!0-9]*) ;; *) echo "$1"; return ;; esac',
      '  case $1 in "") ;;',
      ...Object.entries(ids).map(([key, id]) => `  ${shellQuoted(key)}) echo ${id} ;;`),
      `  *) echo "${name}: the image has no ${kind} $1" >&2; return 1 ;;`,
      "  esac",
      "}",
    ].join("\n");
  const operand =
    name === "chgrp"
      ? 'a=$(group "$a") || exit 1'
      : [
          "case $a in",
          '    *:*) u=$(user "${a%%:*}") && g=$(group "${a#*:}") || exit 1; a=$u:$g ;;',
          '    *) a=$(user "$a") || exit 1 ;;',
          "  esac",
        ].join("\n");
  return [
    lookUp("user", users),
    lookUp("group", groups),
    "done=",
    "for a do",
    "  shift",
    '  case $done$a in -*) ;; *) if [ -z "$done" ]; then',
    `  ${operand}`,
    "  done=1; fi ;; esac",
    '  set -- "$@" "$a"',
    "done",
    `exec ${shellQuoted(real)} "$@"`,
  ].join("\n");
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
