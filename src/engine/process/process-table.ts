// Invariant: a zombie is dead; a process is named by pid, start time and boot, never by pid alone.
import type { ProcessIdentity } from "../journal/events.ts";

/** A live process as the system shows it. */
export interface LiveProcess extends ProcessIdentity {
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Short name of the program, at most 15 characters, unclean. */
  readonly name: string;
}

/** What the engine needs to know of the system's processes. */
export interface ProcessTable {
  /** The live process of this pid; undefined when there is none, or only a zombie. */
  find(pid: number): LiveProcess | undefined;
  /** Every live process, in no order. */
  all(): LiveProcess[];
  /** User id of a live process; undefined when it is gone. */
  userOf(pid: number): number | undefined;
  /** Value of a variable in a process's environment at its start; undefined when unreadable. */
  environmentOf(pid: number, variable: string): string | undefined;
  /** Command line, unclean and maybe cut by the system; empty when it is gone or unreadable. */
  argvOf(pid: number): readonly string[];
  /** Milliseconds since it started. `now`: milliseconds of the epoch. */
  ageOf(process: ProcessIdentity, now: number): number;
}

/** True while exactly this process lives. */
export function isAlive(table: ProcessTable, identity: ProcessIdentity): boolean {
  const found = table.find(identity.pid);
  return found !== undefined && found.start === identity.start && found.boot === identity.boot;
}

/** This very process. */
export function ownIdentity(table: ProcessTable): ProcessIdentity {
  const self = table.find(process.pid);
  if (self === undefined) throw new Error("this process is not in the process table");
  return { pid: self.pid, start: self.start, boot: self.boot };
}
