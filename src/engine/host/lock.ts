// Invariant: the workspace belongs to the live process named in a lock file; who links the highest
// number takes it over, unless a lower one has a live owner. A lock appears whole or not at all
// (link(2) from a filled file), and only the process that it names removes it while it lives: another
// could take the number, and lose its lock to the one who gives back what it no longer has.
import { linkSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isAlive, type ProcessTable } from "../process/process-table.ts";
import type { ProcessIdentity } from "../journal/events.ts";

/** Who owns a workspace. */
export interface LockOwner extends ProcessIdentity {
  /** Name of the machine; what happens on another one cannot be seen from here. */
  readonly machine: string;
}

/** A lock that this process holds. */
export interface Lock {
  readonly number: number;
  /** The dead owner it was taken over from. */
  readonly takenFrom?: LockOwner;
  release(): void;
}

const pattern = /^host\.(\d+)\.lock$/;

/** The live owner of the workspace; undefined when nobody owns it. `folder`: log/smartbuild. */
export function lockOwner(folder: string, table: ProcessTable): LockOwner | undefined {
  // Not always the highest: a taker may die after it has linked a number, before it stands back.
  for (const number of lockNumbers(folder).reverse()) {
    const owner = readLock(lockPath(folder, number));
    if (owner !== undefined && lives(owner, table)) return owner;
  }
  return undefined;
}

/** Takes the lock for `self`, or says who has it. Throws when the folder cannot be written. */
export function takeLock(
  folder: string,
  self: ProcessIdentity,
  table: ProcessTable,
): Lock | LockOwner {
  const filled = join(folder, `.lock.${self.pid}.${self.start}`);
  writeFileSync(filled, JSON.stringify({ ...self, machine: hostname() }), { mode: 0o644 });
  try {
    for (;;) {
      const numbers = lockNumbers(folder);
      const holder = lockOwner(folder, table);
      if (holder !== undefined) return holder;
      const highest = numbers.at(-1) ?? 0;
      const owner = highest === 0 ? undefined : readLock(lockPath(folder, highest));
      const number = highest + 1;
      if (!tryLink(filled, lockPath(folder, number))) continue;
      // While we looked away, someone may have taken and given back this very number, or a lower
      // one: whoever links last sees the other, so of two at least one stands back.
      const others = lockNumbers(folder).filter((other) => other !== number);
      if (others.some((other) => other > number || isHeld(lockPath(folder, other), table))) {
        rmSync(lockPath(folder, number), { force: true });
        continue;
      }
      for (const older of lockNumbers(folder)) {
        const path = lockPath(folder, older);
        if (older < number && !isHeld(path, table)) rmSync(path, { force: true });
      }
      return {
        number,
        ...(owner === undefined ? {} : { takenFrom: owner }),
        release: () => {
          rmSync(lockPath(folder, number), { force: true });
        },
      };
    }
  } finally {
    rmSync(filled, { force: true });
  }
}

function lives(owner: LockOwner, table: ProcessTable): boolean {
  return owner.machine !== hostname() || isAlive(table, owner);
}

function isHeld(path: string, table: ProcessTable): boolean {
  const owner = readLock(path);
  return owner !== undefined && lives(owner, table);
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function readLock(path: string): LockOwner | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as LockOwner;
  } catch {
    return undefined;
  }
}

/** Ascending. */
function lockNumbers(folder: string): number[] {
  try {
    return readdirSync(folder)
      .map((name) => Number(pattern.exec(name)?.[1] ?? 0))
      .filter((number) => number > 0)
      .sort((one, other) => one - other);
  } catch {
    return [];
  }
}

function lockPath(folder: string, number: number): string {
  return join(folder, `host.${number}.lock`);
}
