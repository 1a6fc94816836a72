// Invariant: an attempt at a stage is over when its wrapper wrote a status, or when no live process
// of its session is left; it is never taken for successful without a status of 0.
import { statSync } from "node:fs";
import { join } from "node:path";
import type { Outcome, ProcessIdentity } from "../journal/events.ts";
import { isAlive, type LiveProcess, type ProcessTable } from "../process/process-table.ts";
import { sessionOf, strayProcesses } from "../process/session.ts";
import { forbidStart, readStatusFile } from "../process/status-file.ts";
import type { AttemptFiles } from "./build-files.ts";

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
  #nextListing = 0;

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
      const found = pid === undefined ? undefined : this.#table.find(pid);
      if (found !== undefined && found.session === found.pid) {
        this.#wrapper = { pid: found.pid, start: found.start, boot: found.boot };
      }
    }
    return this.#wrapper;
  }

  /**
   * How the attempt ended; undefined while it runs. `known`: what the caller knows of the wrapper
   * when it is its own child, so that nothing need be read while it runs.
   */
  ended(now: number, known: "running" | "gone" | "unknown"): AttemptEnd | undefined {
    if (known === "running") return undefined;
    const path = join(this.#folder, this.#files.status);
    const status = readStatusFile(path);
    if (status.exitCode !== undefined) return this.#withStatus(status.exitCode, path, now);
    if (status.pid === undefined && this.#wrapper === undefined) {
      return forbidStart(join(this.#folder, this.#files.go))
        ? this.#interrupted("it was never started: the host died just before", now)
        : undefined;
    }
    const wrapper = this.wrapper;
    if (wrapper !== undefined) {
      if (known === "unknown" && isAlive(this.#table, wrapper)) return undefined;
      // The wrapper is dead without a word: its session decides, listed once a second.
      if (now < this.#nextListing) return undefined;
      this.#nextListing = now + 1000;
      if (sessionOf(this.#table, wrapper).length > 0) return undefined;
    }
    const last = readStatusFile(path);
    return last.exitCode === undefined
      ? this.#interrupted("its processes ended without leaving a status", now)
      : this.#withStatus(last.exitCode, path, now);
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
