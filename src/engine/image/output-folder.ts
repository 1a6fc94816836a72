// Invariant: a final name in the output folder always stands for something whole; what is being
// made stands in one hidden folder beside it, which the next run removes when its maker is dead.
import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { join } from "node:path";

const partial = /^\.smartbuild-(\d+)-[0-9a-f]+\.partial$/;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Of another user, but alive.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Removes a folder and all in it, also folders that their own user may not write. */
function removeTree(path: string): void {
  try {
    fs.rmSync(path, { recursive: true, force: true });
  } catch {
    openFolders(path);
    fs.rmSync(path, { recursive: true, force: true });
  }
}

function couldRemove(path: string): boolean {
  try {
    removeTree(path);
    return true;
  } catch {
    return false;
  }
}

function openFolders(path: string): void {
  fs.chmodSync(path, 0o700);
  for (const entry of fs.readdirSync(Buffer.from(path), { withFileTypes: true })) {
    if (entry.isDirectory()) openFolders(join(path, entry.name));
  }
}

/** What was done about the leftovers of killed runs, by name. */
interface Leftovers {
  readonly removed: readonly string[];
  /** Made through pfexec, so that only root may remove them. */
  readonly kept: readonly string[];
}

/** Removes what killed runs left; a folder whose maker lives is another run's. */
function removeLeftovers(folder: string): Leftovers {
  const names = fs.readdirSync(folder).filter((name) => {
    const pid = partial.exec(name)?.[1];
    return pid !== undefined && Number(pid) !== process.pid && !isAlive(Number(pid));
  });
  const removed = names.filter((name) => couldRemove(join(folder, name)));
  return { removed, kept: names.filter((name) => !removed.includes(name)) };
}

/** An output folder in which a set of files and folders is made, then put in place together. */
export class OutputFolder {
  readonly path: string;
  readonly leftovers: Leftovers;
  readonly #partial: string;

  /** Creates the folder where it is missing. Throws system errors. */
  constructor(path: string) {
    fs.mkdirSync(path, { recursive: true });
    this.path = path;
    this.leftovers = removeLeftovers(path);
    const name = `.smartbuild-${process.pid}-${randomBytes(4).toString("hex")}.partial`;
    this.#partial = join(path, name);
    fs.mkdirSync(join(this.#partial, "new"), { recursive: true });
  }

  /** Where a thing is made that will be called `name`. */
  making(name: string): string {
    return join(this.#partial, "new", name);
  }

  /** Where a thing is made that is only needed on the way. */
  scratch(name: string): string {
    return join(this.#partial, name);
  }

  /**
   * Puts things in place, in this order, each by one rename; what had the name goes. A folder
   * cannot be renamed over a full one, so an old folder is first moved out of the way.
   */
  commit(names: readonly string[]): void {
    names.forEach((name, index) => {
      const target = join(this.path, name);
      const old = fs.lstatSync(target, { throwIfNoEntry: false });
      if (old?.isDirectory() === true) fs.renameSync(target, join(this.#partial, `old-${index}`));
      fs.renameSync(this.making(name), target);
    });
    this.discard();
  }

  /** Removes what is not in place, as far as this user may; the next run names what is left. */
  discard(): void {
    couldRemove(this.#partial);
  }
}
