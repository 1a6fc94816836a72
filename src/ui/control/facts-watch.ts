// Invariant: what is known of a build beside its journal belongs to the build that was opened last;
// processes are looked at only while a stage is quiet, and each thing no more often than it changes.
import type { PastRunsRead } from "../../engine/journal/estimate.ts";
import type { Attempt, BuildState } from "../../engine/journal/state.ts";
import type { BuildFacts, DiskRoom, Quiet, WaitedFor } from "../model.ts";
import type { ProgressPorts } from "../ports.ts";
import { percentDone } from "../present/progress.ts";

const diskMs = 10_000;
/** A look at all processes costs some milliseconds. */
const childMs = 10_000;

export interface FactsOptions {
  readonly ports: ProgressPorts;
  readonly quietSeconds: number;
  /** Milliseconds of the epoch. */
  readonly now: () => number;
  /** Called, later, when past builds have been read. */
  readonly onNews: () => void;
}

export class FactsWatch {
  readonly #options: FactsOptions;
  #folder: string | undefined;
  #runs: PastRunsRead | undefined;
  #isAsked = false;
  #percent = 0;
  #disk: DiskRoom | undefined;
  #diskAt = 0;
  #quiet: Quiet | undefined;
  #child: WaitedFor | undefined;
  #childAt = 0;

  constructor(options: FactsOptions) {
    this.#options = options;
  }

  /** Forgets what belonged to another build. */
  open(buildFolder: string): void {
    this.#folder = buildFolder;
    this.#runs = undefined;
    this.#isAsked = false;
    this.#percent = 0;
    this.#quiet = undefined;
  }

  /** Looks at what is due; true when a frame would show something else. */
  look(build: BuildState | undefined): boolean {
    if (build === undefined || this.#folder === undefined) return false;
    const now = this.#options.now();
    if (!this.#isAsked && build.state === "running") this.#ask(this.#folder);
    const before = this.#quiet;
    this.#quiet = this.#quietOf(build, this.#folder, now);
    if (Math.abs(now - this.#diskAt) >= diskMs) {
      this.#diskAt = now;
      this.#disk = this.#options.ports.disk(build.workspace);
    }
    return (before === undefined) !== (this.#quiet === undefined);
  }

  /** What is known, for a frame. */
  facts(build: BuildState | undefined): BuildFacts {
    if (build !== undefined && this.#runs !== undefined) {
      const percent = percentDone(build, this.#runs, this.#options.now());
      this.#percent = Math.max(this.#percent, percent);
    }
    return {
      ...(this.#runs === undefined ? {} : { runs: this.#runs }),
      ...(this.#quiet === undefined ? {} : { quiet: this.#quiet }),
      ...(this.#disk === undefined ? {} : { disk: this.#disk }),
      percent: this.#percent,
    };
  }

  #ask(folder: string): void {
    this.#isAsked = true;
    void this.#options.ports
      .pastRuns(folder)
      // Estimates are a help only: without them nothing else is missing.
      .catch((): PastRunsRead => ({ runs: {}, lastFailed: [] }))
      .then((runs) => {
        if (this.#folder !== folder) return;
        this.#runs = runs;
        this.#options.onNews();
      });
  }

  #quietOf(build: BuildState, folder: string, now: number): Quiet | undefined {
    const stage = build.stages.find(({ state }) => state === "running");
    const attempt = stage?.attempts.at(-1);
    if (stage === undefined || attempt === undefined) return undefined;
    const { ports, quietSeconds } = this.#options;
    const since = Math.min(now, ports.lastOutput(attempt, folder, build.workspace));
    if (now - since < quietSeconds * 1000) {
      this.#childAt = 0;
      return undefined;
    }
    const child = this.#childOf(attempt, now);
    return { stage: stage.name, since, ...(child === undefined ? {} : { child }) };
  }

  #childOf(attempt: Attempt, now: number): WaitedFor | undefined {
    if (Math.abs(now - this.#childAt) < childMs) return this.#child;
    this.#childAt = now;
    this.#child = this.#options.ports.waitsFor(attempt);
    return this.#child;
  }
}
