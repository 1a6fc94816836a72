// Invariant: reads procfs of Linux (proc_pid_stat(5)) and nothing else; a process that vanishes
// while it is read counts as dead.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { LiveProcess, ProcessTable } from "./process-table.ts";

/** The process table below `proc`, normally `/proc`. */
export function linuxProcessTable(proc: string): ProcessTable {
  const boot = read(join(proc, "sys/kernel/random/boot_id"))?.trim() ?? "unknown";

  const find = (pid: number): LiveProcess | undefined => {
    const stat = read(join(proc, String(pid), "stat"));
    return stat === undefined ? undefined : parseStat(stat, boot);
  };
  return {
    find,
    all: () =>
      readdirSync(proc)
        .filter((name) => /^\d+$/.test(name))
        .map((name) => find(Number(name)))
        .filter((found) => found !== undefined),
    userOf: (pid) => statSync(join(proc, String(pid)), { throwIfNoEntry: false })?.uid,
    environmentOf: (pid, variable) =>
      read(join(proc, String(pid), "environ"))
        ?.split("\0")
        .find((entry) => entry.startsWith(`${variable}=`))
        ?.slice(variable.length + 1),
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

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return undefined;
  }
}
