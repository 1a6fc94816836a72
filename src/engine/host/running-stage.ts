// Invariant: an attempt begins with stage-started and ends with exactly one stage-ended, whichever
// hosts look after it in between.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import { fingerprintOf, readMarks, withChoices } from "../graph/fingerprint.ts";
import type { Stage } from "../graph/stage.ts";
import type { EventBody, Fingerprint, Problem } from "../journal/events.ts";
import type { Attempt, BuildState, StageState } from "../journal/state.ts";
import {
  applyChanges,
  maskChanges,
  type Environment,
  type EnvironmentChanges,
} from "../process/environment.ts";
import { isAlive, type ProcessTable } from "../process/process-table.ts";
import { stageVariable } from "../process/session.ts";
import { startWrapped, type WrappedCommand, type Wrapper } from "../process/wrapper.ts";
import { statOf } from "../workspace/file-facts.ts";
import { attemptFiles, buildFiles, keptLogName } from "./build-files.ts";
import { fullDiskSentence, isDiskFull } from "./disk.ts";
import { StageRun, type AttemptEnd } from "./stage-run.ts";
import { finishStage } from "./stage-end.ts";
import { StageWatch, type WatchedAttempt } from "./stage-watch.ts";
import { Stopper } from "./stopper.ts";

/** What a stage needs of its host. */
export interface StageSurroundings {
  /** The build's folder. */
  readonly folder: string;
  /** The workspace. */
  readonly root: string;
  readonly environment: Environment;
  readonly fingerprints: Readonly<Record<string, Fingerprint>>;
  readonly table: ProcessTable;
  readonly clock: Clock;
  readonly rootCommand: string | undefined;
  readonly revive: (folder: string) => readonly string[];
  /** Hashes of the settings that a stage reads. */
  readonly settings: (stage: Stage) => Readonly<Record<string, string>>;
  /** Number of steps a stage had at its last success. */
  readonly lastSteps: (stage: string) => number | undefined;
  /** Where the image will look for files; asked for only once configure has run. */
  readonly searchFolders: () => readonly string[];
  /** The build so far. */
  readonly build: () => BuildState;
  readonly report: (event: EventBody) => void;
}

/** One attempt at a stage while it runs. */
export class RunningStage {
  readonly stage: Stage;
  readonly attempt: number;
  readonly #given: StageSurroundings;
  readonly #run: StageRun;
  readonly #watch: StageWatch;
  readonly #stopper: Stopper;
  readonly #fingerprint: Fingerprint | undefined;
  /** Monotonic where this host started it, else the wall clock's. */
  readonly #duration: (end: AttemptEnd) => number;
  /** The wrapper of a stage that was taken over is not our child: nothing is told of it. */
  #wrapper: "running" | "gone" | "unknown";
  readonly #wrapperEnded: Promise<unknown> | undefined;
  #notStarted: string | undefined;

  private constructor(
    stage: Stage,
    attempt: Pick<Attempt, "number" | "wrapper" | "startedAt">,
    wrapper: Wrapper | undefined,
    fingerprint: Fingerprint | undefined,
    watch: StageWatch,
    given: StageSurroundings,
  ) {
    this.stage = stage;
    this.attempt = attempt.number;
    this.#given = given;
    this.#fingerprint = fingerprint;
    const files = attemptFiles(stage.name, attempt.number);
    this.#run = new StageRun(
      given.folder,
      files,
      stageMark(given.folder, stage.name, attempt.number),
      given.table,
      attempt.wrapper,
    );
    this.#watch = watch;
    this.#stopper = new Stopper(given.table, given.rootCommand);
    const began = given.clock.monotonic();
    this.#duration = ({ at }) =>
      wrapper === undefined
        ? Math.max(0, at - Date.parse(attempt.startedAt))
        : given.clock.monotonic() - began;
    this.#wrapper = wrapper === undefined ? "unknown" : "running";
    this.#wrapperEnded = wrapper?.ended.then((failure) => {
      this.#wrapper = "gone";
      this.#notStarted = failure;
    });
  }

  /** Starts the next attempt at a stage. */
  static async start(
    stage: Stage,
    state: StageState,
    build: BuildState,
    given: StageSurroundings,
  ): Promise<RunningStage> {
    const number = state.attempts.length + 1;
    const files = attemptFiles(stage.name, number);
    const { argv, cwd } = stage.command;
    const furtherLogs = stage.furtherLogs.map(({ path }) => ({
      path,
      keptAs: keptLogName(stage.name, number, path),
    }));
    const planned = given.fingerprints[stage.name];
    const fingerprint = await builtFrom(stage, number, build, given);
    // A retry was asked for, so make must not find the stage done.
    const removes = number === 1 ? state.removes : presentOf(given.root, stage);
    for (const path of removes) rmSync(join(given.root, path), { force: true });
    given.report({
      type: "stage-started",
      stage: stage.name,
      attempt: number,
      argv,
      cwd,
      environment: maskChanges(changesFor(stage, number, build, given.folder)),
      log: files.log,
      status: files.status,
      furtherLogs,
      removed: removes,
      ...(fingerprint === undefined || isDeepStrictEqual(fingerprint, planned)
        ? {}
        : { fingerprint }),
    });
    const startedAt = given.clock.now().toISOString();
    const attempt = { number, log: files.log, furtherLogs, startedAt };
    return RunningStage.#launch(stage, attempt, files.go, fingerprint, given);
  }

  /** Runs the command of an attempt that the journal tells of already. */
  static #launch(
    stage: Stage,
    attempt: Pick<Attempt, "number" | "log" | "furtherLogs" | "startedAt">,
    go: string,
    fingerprint: Fingerprint | undefined,
    given: StageSurroundings,
  ): RunningStage {
    const { argv, cwd } = stage.command;
    const files = attemptFiles(stage.name, attempt.number);
    const stepTotal = given.lastSteps(stage.name);
    // Made before the command runs: what stands in the tree's own logs by now is of an earlier run.
    const watch = watchOf(stage, attempt, given, stepTotal === undefined ? {} : { stepTotal });
    const changes = changesFor(stage, attempt.number, given.build(), given.folder);
    const wrapper = startOrSayWhy(given.folder, {
      argv,
      cwd,
      environment: applyChanges(given.environment, changes),
      log: join(given.folder, files.log),
      status: join(given.folder, files.status),
      go: join(given.folder, go),
      hostPid: buildFiles(given.folder).hostPid,
      revive: given.revive(given.folder),
    });
    const found = wrapper.pid === undefined ? undefined : given.table.find(wrapper.pid);
    const identity = found && { pid: found.pid, start: found.start, boot: found.boot };
    if (identity !== undefined) {
      given.report({
        type: "stage-process",
        stage: stage.name,
        attempt: attempt.number,
        wrapper: identity,
      });
    }
    const { number, startedAt } = attempt;
    return new RunningStage(
      stage,
      { number, startedAt, ...(identity === undefined ? {} : { wrapper: identity }) },
      wrapper,
      fingerprint,
      watch,
      given,
    );
  }

  /**
   * Takes over an attempt that another host has started; with `mayStart` also one whose host died
   * before its command could run, which then runs it.
   */
  static adopt(
    stage: Stage,
    attempt: Attempt,
    problems: readonly Problem[],
    given: StageSurroundings,
    mayStart: boolean,
  ): RunningStage {
    const fingerprint = attempt.fingerprint ?? given.fingerprints[stage.name];
    if (mayStart) {
      const files = attemptFiles(stage.name, attempt.number);
      const mark = stageMark(given.folder, stage.name, attempt.number);
      const run = new StageRun(given.folder, files, mark, given.table, attempt.wrapper);
      // A wrapper that comes late must not find the new one's file.
      const go = `${files.go}.${given.build().hosts.length}`;
      if (run.neverBegan()) return RunningStage.#launch(stage, attempt, go, fingerprint, given);
    }
    const watch = watchOf(stage, attempt, given, {
      reportedSteps: attempt.step?.index ?? 0,
      reportedProblems: problems.filter((problem) => problem.stage === stage.name),
    });
    return new RunningStage(stage, attempt, undefined, fingerprint, watch, given);
  }

  /** Rests until there may be something new: the next tick, or the end of the wrapper. */
  async rest(tickMs: number): Promise<void> {
    if (this.#wrapper !== "running") await wait(tickMs);
    else await Promise.race([wait(tickMs), this.#wrapperEnded]);
  }

  /** One look at logs and processes; true when the attempt is over and its end is in the journal. */
  async look(stopping: boolean): Promise<boolean> {
    const now = this.#given.clock.now().getTime();
    this.#watch.poll(now);
    const end = await this.#endOf(stopping, now);
    if (end === undefined) return false;
    await finishStage({
      stage: this.stage,
      attempt: this.attempt,
      root: this.#given.root,
      folder: this.#given.folder,
      searchFolders: this.#given.searchFolders,
      end,
      durationMs: Math.round(this.#duration(end)),
      watched: this.#watch.finish(now),
      problems: this.#watch.problems,
      fingerprint: this.#fingerprint,
      build: this.#given.build(),
      report: this.#given.report,
    });
    return true;
  }

  async #endOf(stopping: boolean, at: number): Promise<AttemptEnd | undefined> {
    // There is neither a status nor a session to look for.
    if (this.#notStarted !== undefined) {
      return { outcome: "failed", reason: this.#notStarted, at, leftovers: [] };
    }
    return stopping ? this.#stop(at) : this.#run.ended(at, this.#wrapper);
  }

  /** Ends the session; the attempt counts as interrupted, whatever status its command left. */
  async #stop(now: number): Promise<AttemptEnd | undefined> {
    const wrapper = this.#run.wrapper;
    if (wrapper !== undefined) {
      if (!(await this.#stopper.look(wrapper, this.#given.clock.monotonic()))) return undefined;
      // The kernel may still be busy with the wrapper itself.
      if (isAlive(this.#given.table, wrapper) && this.#run.leftovers().length === 0)
        return undefined;
    }
    const end = this.#run.ended(now, "gone");
    return {
      ...(end?.exitCode === undefined ? {} : { exitCode: end.exitCode }),
      outcome: "interrupted",
      reason: "stopped on request",
      at: now,
      leftovers: [...this.#run.leftovers(), ...this.#run.strays()],
    };
  }
}

function watchOf(
  stage: Stage,
  attempt: Pick<Attempt, "number" | "log" | "furtherLogs" | "startedAt">,
  given: StageSurroundings,
  known: Pick<WatchedAttempt, "stepTotal" | "reportedSteps" | "reportedProblems">,
): StageWatch {
  return new StageWatch(
    {
      stage,
      attempt: attempt.number,
      root: given.root,
      buildFolder: given.folder,
      log: attempt.log,
      times: attemptFiles(stage.name, attempt.number).times,
      furtherLogs: attempt.furtherLogs,
      startedAt: attempt.startedAt,
      ...known,
    },
    given.report,
  );
}

/** What the stage's environment has that the build's has not. */
function changesFor(
  stage: Stage,
  attempt: number,
  { jobs }: BuildState,
  folder: string,
): EnvironmentChanges {
  return {
    ...stage.command.environment,
    ...(jobs === undefined ? {} : { MAX_JOBS: String(jobs) }),
    PWD: stage.command.cwd,
    [stageVariable]: stageMark(folder, stage.name, attempt),
  };
}

/** A disk without room for log and status is a failure of the stage, not of the host. */
function startOrSayWhy(folder: string, command: WrappedCommand): Wrapper {
  try {
    return startWrapped(command);
  } catch (error) {
    if (!isDiskFull(error)) throw error;
    return { pid: undefined, ended: Promise.resolve(`not started: ${fullDiskSentence(folder)}`) };
  }
}

function stageMark(folder: string, stage: string, attempt: number): string {
  return `${folder}/${stage}.${attempt}`;
}

/** What a stage removes when it has to run in any case, as the plan does for one that was named. */
function presentOf(root: string, { stamps, removesFirst }: Stage): string[] {
  return [...stamps, ...removesFirst].filter((path) => statOf(join(root, path)) !== undefined);
}

/**
 * What an attempt is built from. A retry comes after an edit, so that all of it is read anew; and a
 * stage that the plan required first (configure) may have written settings that this one reads, and
 * cloned the repositories that it builds from.
 */
async function builtFrom(
  stage: Stage,
  attempt: number,
  build: BuildState,
  given: StageSurroundings,
): Promise<Fingerprint | undefined> {
  if (attempt > 1) {
    return fingerprintOf(stage, await readMarks(given.root, [stage]), given.settings(stage));
  }
  const planned = given.fingerprints[stage.name];
  const isConfigured = build.stages.some(
    ({ name, planned: isPlanned }) => isPlanned && stage.requires.includes(name),
  );
  if (planned === undefined || !isConfigured) return planned;
  return {
    repositories: await withClones(stage, planned, given.root),
    settings: withChoices(stage, given.settings(stage)),
  };
}

/** What the plan saw, and what configure has cloned since. */
async function withClones(
  stage: Stage,
  { repositories }: Fingerprint,
  root: string,
): Promise<Fingerprint["repositories"]> {
  const seen = repositories.filter(({ head }) => head !== "");
  if (seen.length === stage.repositories.length) return repositories;
  const now = fingerprintOf(stage, await readMarks(root, [stage]), {});
  return now.repositories.map((mark) => seen.find(({ name }) => name === mark.name) ?? mark);
}
