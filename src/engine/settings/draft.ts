// Invariant: the disk changes only in `write` and in `undo` of what was written, a file at a time,
// and only where it still is as it was read.
import { readFileSync, rmSync } from "node:fs";
import { basename } from "node:path";
import { fail, ok, type Result } from "../result.ts";
import { lineDiff, type Hunk } from "./line-diff.ts";
import { replaceFile } from "./replace-file.ts";

/** A file that is to change. */
export interface FileChange {
  /** Absolute. */
  readonly path: string;
  /** As it was when the change began; undefined for a new file. */
  readonly before: Buffer | undefined;
  readonly after: Buffer;
  /** It holds a secret: it is written so that only its owner can read it. */
  readonly isPrivate: boolean;
}

/** A file that is to change, line by line. */
export interface FileDiff {
  readonly path: string;
  readonly isNew: boolean;
  readonly isPrivate: boolean;
  readonly hunks: readonly Hunk[];
}

type Pending = ReadonlyMap<string, FileChange>;

/** What the file holds now; undefined where there is none. */
export function bytesOnDisk(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function isSame(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a.equals(b);
}

/** What a file is to hold. */
export type NewContents = Pick<FileChange, "path" | "after" | "isPrivate">;

/** Changes of files that are shown before they are written, and can be taken back afterwards. */
export class Draft {
  readonly #scratch: string;
  #pending: Pending = new Map();
  /** What was pending before each edit, the latest last. */
  #before: Pending[] = [];
  /** What each `write` wrote, the latest last. */
  readonly #written: (readonly FileChange[])[] = [];

  /** `scratch`: a folder for temporary files, made when needed. */
  constructor(scratch: string) {
    this.#scratch = scratch;
  }

  /** What is to be written, in the order of the first edits. */
  get changes(): readonly FileChange[] {
    return [...this.#pending.values()];
  }

  /** The contents of changed files by path. */
  get contents(): ReadonlyMap<string, Buffer> {
    return new Map(this.changes.map(({ path, after }) => [path, after]));
  }

  get canUndo(): boolean {
    return this.#before.length > 0 || this.#written.length > 0;
  }

  /** The bytes of a file as they would be after writing. */
  bytes(path: string): Buffer | undefined {
    return this.#pending.get(path)?.after ?? bytesOnDisk(path);
  }

  /** Changes a file; a change back to what is on disk is none any more. */
  change(path: string, after: Buffer, isPrivate = false): void {
    this.changeAll([{ path, after, isPrivate }]);
  }

  /** Changes files in one step, which one `undo` takes back. */
  changeAll(changes: readonly NewContents[]): void {
    this.#before.push(this.#pending);
    const pending = new Map(this.#pending);
    for (const { path, after, isPrivate } of changes) {
      const old = pending.get(path);
      const before = old === undefined ? bytesOnDisk(path) : old.before;
      if (isSame(before, after)) pending.delete(path);
      else
        pending.set(path, {
          path,
          before,
          after,
          isPrivate: isPrivate || old?.isPrivate === true,
        });
    }
    this.#pending = pending;
  }

  /** Forgets all changes that were not written. */
  discard(): void {
    this.#pending = new Map();
    this.#before = [];
  }

  /** Files that are no longer as they were when their change began. */
  conflicts(): string[] {
    return this.changes
      .filter(({ path, before }) => !isSame(bytesOnDisk(path), before))
      .map(({ path }) => path);
  }

  /** Each changed file with its lines; `hide` takes secrets out of a line. */
  diff(hide: (line: string) => string): FileDiff[] {
    return this.changes.map(({ path, before, after, isPrivate }) => ({
      path,
      isNew: before === undefined,
      isPrivate,
      hunks: lineDiff(before?.toString("utf8") ?? "", after.toString("utf8")).map((hunk) =>
        hunk.map((line) => ({ ...line, text: hide(line.text) })),
      ),
    }));
  }

  /** Writes all changes and returns the paths. Failure: `cannot-write`, with what was written. */
  write(): Result<readonly string[]> {
    const [conflict] = this.conflicts();
    if (conflict !== undefined) return changedMeanwhile(conflict);
    const done: FileChange[] = [];
    for (const change of this.changes) {
      const written = replaceFile({ ...change, scratch: this.#scratch });
      if (!written.ok) {
        this.#keep(done);
        return written;
      }
      done.push(change);
    }
    this.#keep(done);
    return ok(done.map(({ path }) => path));
  }

  /** Takes the last edit back, or else the last write. Returns what was done, in a sentence. */
  undo(): Result<string> {
    const before = this.#before.pop();
    if (before !== undefined) {
      this.#pending = before;
      return ok("Took the last change back; it was not written yet.");
    }
    const written = this.#written.at(-1);
    if (written === undefined) return fail("bad-input", "There is no change to take back.");
    const changed = written.find(({ path, after }) => !isSame(bytesOnDisk(path), after));
    if (changed !== undefined) return changedMeanwhile(changed.path);
    for (const { path, before: old, after } of written) {
      if (old === undefined) rmSync(path);
      else {
        const restored = replaceFile({ path, before: after, after: old, scratch: this.#scratch });
        if (!restored.ok) return restored;
      }
    }
    this.#written.pop();
    const names = written.map(({ path }) => basename(path)).join(", ");
    return ok(`Undone: ${names} ${written.length === 1 ? "is" : "are"} as before the last write.`);
  }

  #keep(done: readonly FileChange[]): void {
    if (done.length === 0) return;
    this.#written.push(done);
    const paths = new Set(done.map(({ path }) => path));
    this.#pending = new Map([...this.#pending].filter(([path]) => !paths.has(path)));
    this.#before = [];
  }
}

function changedMeanwhile(path: string): Result<never> {
  return fail(
    "cannot-write",
    `${basename(path)} has changed on disk meanwhile: not written.`,
    "Read it again, then make the change again.",
  );
}
