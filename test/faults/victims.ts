// Invariant: only processes of the round's own tree are found, and each by pid.
import { readFileSync, readdirSync, readlinkSync } from "node:fs";
import {
  eventsOfType,
  isLive,
  newestBuild,
  processesWith,
  stateOf,
} from "../support/smartbuild.ts";

/** Sends a signal; a process that is gone already is no fault. */
export function signal(pid: number | undefined, name: NodeJS.Signals): boolean {
  if (pid === undefined || pid <= 1 || !isLive(pid)) return false;
  try {
    process.kill(pid, name);
    return true;
  } catch {
    return false;
  }
}

/** Pid of the newest host that the journal names. */
export function hostOf(root: string): number | undefined {
  return newestBuild(root) === undefined
    ? undefined
    : eventsOfType(root, "host-started").at(-1)?.host.pid;
}

/** Pid of the running stage's wrapper. */
export function wrapperOf(root: string): number | undefined {
  if (newestBuild(root) === undefined) return undefined;
  const stage = stateOf(root).stages.find(({ state }) => state === "running");
  return stage?.attempts.at(-1)?.wrapper?.pid;
}

/** The command of the running stage: the child of its wrapper. */
export function leaderOf(root: string): number | undefined {
  const wrapper = wrapperOf(root);
  return sessionOf(wrapper).find((pid) => pid !== wrapper && statOf(pid)?.parent === wrapper);
}

/** A script below make. */
export function grandchildOf(root: string): number | undefined {
  return sessionOf(wrapperOf(root)).find((pid) => commandOf(pid).includes("child.sh\0"));
}

/** Live processes of a session. */
export function sessionOf(session: number | undefined): number[] {
  return session === undefined
    ? []
    : pids().filter((pid) => isLive(pid) && statOf(pid)?.session === session);
}

/** Live processes that stand in the tree or name it. */
export function processesIn(root: string): number[] {
  const standing = pids().filter((pid) => {
    try {
      const folder = readlinkSync(`/proc/${String(pid)}/cwd`);
      return (folder === root || folder.startsWith(`${root}/`)) && isLive(pid);
    } catch {
      return false;
    }
  });
  return [...new Set([...standing, ...processesWith(`${root}/`)])];
}

/** The command line of a process, for a story. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, "latin1");
  } catch {
    return "";
  }
}

function pids(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number);
}

function statOf(pid: number): { readonly parent: number; readonly session: number } | undefined {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, "latin1");
    const [, parent, , session] = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { parent: Number(parent), session: Number(session) };
  } catch {
    return undefined;
  }
}
