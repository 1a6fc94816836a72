// Invariant: an attempt at a stage is over when its wrapper wrote the status of a command that ended
// by itself, or when no live process of its session is left; it is never taken for successful without a status of 0.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Outcome, ProcessIdentity } from "../journal/events.ts";
import { isAlive, type LiveProcess, type ProcessTable } from "../process/process-table.ts";
import { sessionOf, stageVariable, strayProcesses } from "../process/session.ts";
import { forbidStart, readStatusFile } from "../process/status-file.ts";
import type { AttemptFiles } from "./build-files.ts";

const listingMs = 1000;
/** Statuses above it are those of sh for a command that a signal ended. */
const signalled = 128;

/** How an attempt ended. */
export interface AttemptEnd {
  readonly outcome: Outcome;
  readonly exitCode?: number;
  readonly reason?: string;
  /** When the status was written, ms of the epoch. */
  readonly at: number;
  readonly leftovers: readonly string[];
}

/** Looks after the processes of one attempt, started by this host or by one that died. */
export class StageRun {
  readonly #folder: string;
  readonly #files: AttemptFiles;
  readonly #table: ProcessTable;
  readonly #mark: string;
  #wrapper: ProcessIdentity | undefined;
  /** Wall clock, which may be set back. */
  #listedAt = -Infinity;

  /** `mark`: value of the stage's variable in the environment of its processes. */
  constructor(
    folder: string,
    files: AttemptFiles,
    mark: string,
    table: ProcessTable,
    wrapper: ProcessIdentity | undefined,
  ) {
    this.#folder = folder;
    this.#files = files;
    this.#mark = mark;
    this.#table = table;
    this.#wrapper = wrapper;
  }

  /** The wrapper; found through the status file when the host that started it died too early. */
  get wrapper(): ProcessIdentity | undefined {
    if (this.#wrapper === undefined) {
      const { pid } = readStatusFile(join(this.#folder, this.#files.status));
      if (pid !== undefined) this.#wrapper = this.#leaderOf(pid);
    }
    return this.#wrapper;
  }

  /**
   * The leader of a session that the status file names. The pid alone could be another process's by
   * now: where environments can be read, a member must carry the stage's mark, and that names the
   * session even when its leader is dead.
   */
  #leaderOf(pid: number): ProcessIdentity | undefined {
    const members = this.#table.all().filter(({ session }) => session === pid);
    const marks = members.map((member) => this.#table.environmentOf(member.pid, stageVariable));
    const leader = members.find((member) => member.pid === pid);
    const isReadable = this.#table.environmentOf(process.pid, "PATH") !== undefined;
    if (isReadable ? !marks.includes(this.#mark) : leader === undefined) return undefined;
    const { start, boot } = leader ?? { start: "unknown", boot: members[0]?.boot ?? "unknown" };
    return { pid, start, boot };
  }

  /**
   * How the attempt ended; undefined while it runs. `known`: what the caller knows of the wrapper
   * when it is its own child, so that nothing need be read while it runs.
   */
  ended(now: number, known: "running" | "gone" | "unknown"): AttemptEnd | undefined {
    if (known === "running") return undefined;
    const path = join(this.#folder, this.#files.status);
    const status = readStatusFile(path);
    if (status.exitCode !== undefined) {
      return this.#isOrphaned(status.exitCode, now)
        ? undefined
        : this.#withStatus(status.exitCode, path, now);
    }
    if (status.pid === undefined && this.#wrapper === undefined) {
      return this.neverBegan()
        ? this.#interrupted("it was never started: the host died just before", now)
        : undefined;
    }
    const wrapper = this.wrapper;
    if (wrapper !== undefined) {
      if (known === "unknown" && isAlive(this.#table, wrapper)) return undefined;
      // The wrapper is dead without a word: its session decides, listed once a second.
      if (Math.abs(now - this.#listedAt) < listingMs) return undefined;
      this.#listedAt = now;
      if (sessionOf(this.#table, wrapper).length > 0) return undefined;
    }
    const last = readStatusFile(path);
    return last.exitCode === undefined
      ? this.#interrupted("its processes ended without leaving a status", now)
      : this.#withStatus(last.exitCode, path, now);
  }

  /**
   * True when the command has not run and, from now on, never will: the wrapper writes its pid before
   * it removes its file, so without both it never began, be it that the host died, or had no room on
   * the disk, before it could start it.
   */
  neverBegan(): boolean {
    if (this.#wrapper !== undefined) return false;
    const path = join(this.#folder, this.#files.status);
    if (readStatusFile(path).pid !== undefined) return false;
    // Each host that tried has a file of its own.
    const files = readdirSync(this.#folder).filter((name) => name.startsWith(this.#files.go));
    const isForbidden = files.filter((name) => forbidStart(join(this.#folder, name))).length > 0;
    return isForbidden || readStatusFile(path).pid === undefined;
  }

  /** What still lives of the attempt's session, as sentences name it. */
  leftovers(): string[] {
    return this.#members().map(named);
  }

  /** Live processes of the attempt that have left its session. */
  strays(): string[] {
    const wrapper = this.wrapper;
    return wrapper === undefined ? [] : strayProcesses(this.#table, wrapper, this.#mark).map(named);
  }

  #members(): LiveProcess[] {
    const wrapper = this.wrapper;
    const members = wrapper === undefined ? [] : sessionOf(this.#table, wrapper);
    return members.filter(({ pid }) => pid !== wrapper?.pid);
  }

  /** Once there is a status, a child of the wrapper itself is what revives a host. */
  #outlived(): string[] {
    return this.#members()
      .filter(({ parent }) => parent !== this.wrapper?.pid)
      .map(named);
  }

  /**
   * A command that a signal ended has not waited for its children: while they go on, the stage must
   * not be started again beside them.
   */
  #isOrphaned(exitCode: number, now: number): boolean {
    if (exitCode <= signalled) return false;
    if (Math.abs(now - this.#listedAt) < listingMs) return true;
    this.#listedAt = now;
    return this.#outlived().length > 0;
  }

  #withStatus(exitCode: number, path: string, now: number): AttemptEnd {
    const at = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
    const outcome = exitCode === 0 ? "succeeded" : "failed";
    return { outcome, exitCode, at, leftovers: this.#outlived() };
  }

  #interrupted(reason: string, now: number): AttemptEnd {
    return { outcome: "interrupted", reason, at: now, leftovers: [] };
  }
}

function named({ pid, name }: LiveProcess): string {
  return `${name} (${pid})`;
}
