// Invariant: only the live host of this very build is signalled, known by pid, start time and boot;
// the signal needs no room on a disk.
import { hostname } from "node:os";
import { dirname } from "node:path";
import { readBuild } from "../journal/builds.ts";
import { lockOwner } from "./lock.ts";
import { processTable } from "../process/system-processes.ts";

/** Asks a host to stop its build. TERM is a death like any other, and Node keeps USR1 for itself. */
export const stopSignal = "SIGUSR2";

/**
 * Asks the host of a build to stop it, where no command can be written. The build then ends as one
 * that TERM has stopped.
 *
 * @param buildFolder folder of the build
 * @returns false when the build has no live host on this machine that this user may signal
 */
export function signalStop(buildFolder: string): boolean {
  const owner = lockOwner(dirname(buildFolder), processTable());
  const host = readBuild(buildFolder)?.hosts.at(-1)?.host;
  if (owner === undefined || owner.machine !== hostname()) return false;
  if (host?.pid !== owner.pid || host.start !== owner.start || host.boot !== owner.boot) {
    return false;
  }
  try {
    process.kill(owner.pid, stopSignal);
    return true;
  } catch {
    return false;
  }
}
