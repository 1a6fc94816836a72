// Invariant: a log of the tree's own that stood there before the attempt is never taken for its log.
import { join } from "node:path";
import { LogFollower } from "../logs/follow.ts";
import { treeLog } from "../logs/tree-log.ts";
import { statOf } from "../workspace/file-facts.ts";

/** The attempt whose tool writes the log. */
export interface LoggedAttempt {
  readonly root: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Number of steps an earlier host has reported; undefined when this host starts the stage. */
  readonly reportedSteps?: number;
}

/**
 * Where an attempt's further log is: under its name while the tool writes it, and where the tool
 * moves it at its end (nightly: into the folder of that run, which `latest` leads to). A move that
 * comes between two looks must not hide what the log says.
 */
export class TreeLog {
  readonly #attempt: LoggedAttempt;
  readonly #path: string;
  readonly #movedTo: string | undefined;
  /** Of what earlier runs left at `movedTo`. */
  readonly #earlier: number | undefined;

  /** Made before the attempt's command runs, or by the host that takes over. */
  constructor(attempt: LoggedAttempt, path: string, movedTo: string | undefined) {
    this.#attempt = attempt;
    this.#path = path;
    this.#movedTo = movedTo === undefined ? undefined : join(attempt.root, movedTo);
    const found = this.#movedTo === undefined ? undefined : statOf(this.#movedTo);
    this.#earlier = this.#isOwn(found?.mtimeMs) ? undefined : found?.ino;
  }

  /**
   * What stands there before the stage starts belongs to an earlier run. A host that takes over
   * reads the log from its start, unless nothing was written to it since.
   */
  follow(): LogFollower {
    const path = this.#where();
    const found = path === undefined ? undefined : statOf(path);
    const start = this.#isOwn(found?.mtimeMs) ? 0 : (found?.size ?? 0);
    const follower = new LogFollower(() => this.#where(), { byName: true, start });
    // From here on it is this very file that a tool replaces or goes on writing.
    if (start > 0) follower.poll();
    return follower;
  }

  /** Where the log is, if the attempt wrote to it. */
  written(follower: LogFollower): string | undefined {
    return follower.hasRead ? this.#where() : undefined;
  }

  #where(): string | undefined {
    const path = treeLog(this.#attempt.root, this.#path);
    if (this.#movedTo === undefined || (path !== undefined && statOf(path) !== undefined)) {
      return path;
    }
    const moved = statOf(this.#movedTo);
    return moved === undefined || moved.ino === this.#earlier ? path : this.#movedTo;
  }

  #isOwn(changedAt = 0): boolean {
    const { reportedSteps, startedAt } = this.#attempt;
    return reportedSteps !== undefined && changedAt >= Date.parse(startedAt);
  }
}
