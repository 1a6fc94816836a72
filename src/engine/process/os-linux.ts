// Invariant: reads procfs of Linux (proc_pid_stat(5)) and nothing else; a process that vanishes
// while it is read counts as dead.
import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import type { LiveProcess, ProcessTable } from "./process-table.ts";

/** USER_HZ: what the kernel counts in for programs, whatever its own clock. */
const ticksPerSecond = 100;

/** The process table below `proc`, normally `/proc`. */
export function linuxProcessTable(proc: string): ProcessTable {
  const boot = read(join(proc, "sys/kernel/random/boot_id"))?.trim() ?? "unknown";

  const find = (pid: number): LiveProcess | undefined => {
    const stat = readStat(`${proc}/${pid}/stat`);
    return stat === undefined ? undefined : parseStat(stat, boot);
  };
  return {
    find,
    all: () =>
      readdirSync(proc)
        .map(Number)
        .filter((pid) => pid > 0)
        .map(find)
        .filter((found) => found !== undefined),
    userOf: (pid) => statSync(join(proc, String(pid)), { throwIfNoEntry: false })?.uid,
    environmentOf: (pid, variable) =>
      read(join(proc, String(pid), "environ"))
        ?.split("\0")
        .find((entry) => entry.startsWith(`${variable}=`))
        ?.slice(variable.length + 1),
    argvOf: (pid) => {
      const bytes = readBytes(join(proc, String(pid), "cmdline"));
      return bytes?.toString("utf8").replace(/\0+$/, "").split("\0") ?? [];
    },
    ageOf: ({ start }) => {
      const uptime = Number(read(join(proc, "uptime"))?.split(" ")[0] ?? 0);
      return Math.max(0, Math.round((uptime - Number(start) / ticksPerSecond) * 1000));
    },
  };
}

/**
 * Reads a `stat` line: `pid (name) state ppid pgrp session … starttime(22) …`. The name may hold
 * blanks and parentheses. Undefined for zombies and dead processes.
 */
export function parseStat(line: string, boot: string): LiveProcess | undefined {
  const open = line.indexOf("(");
  const close = line.lastIndexOf(")");
  if (open === -1 || close < open) return undefined;
  const [state, parent, group, session, ...rest] = line.slice(close + 2).split(" ");
  const start = rest[15];
  if (state === undefined || "ZXx".includes(state) || start === undefined) return undefined;
  return {
    pid: Number(line.slice(0, open)),
    start,
    boot,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    name: line.slice(open + 1, close),
  };
}

/** A stat line is far shorter; one buffer for all, since every end of a stage reads some hundred. */
const statBytes = Buffer.allocUnsafe(4096);

function readStat(path: string): string | undefined {
  try {
    const file = openSync(path, "r");
    try {
      return statBytes.toString("latin1", 0, readSync(file, statBytes, 0, statBytes.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  return readBytes(path)?.toString("latin1");
}

function readBytes(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
