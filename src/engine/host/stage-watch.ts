// Invariant: what a stage's logs show becomes events with the place that shows it; no text of a log
// longer than a summary leaves this file.
import { join } from "node:path";
import { FailedEntries } from "../diagnosis/image-log.ts";
import { summaryText } from "../diagnosis/summary-text.ts";
import type { Stage, StepRule } from "../graph/stage.ts";
import type { EventBody, LogSpan, Problem } from "../journal/events.ts";
import { LogFollower, type FollowedLine } from "../logs/follow.ts";
import { LogProblems } from "./log-problems.ts";
import { LogTimesWriter } from "../logs/log-times.ts";
import { TreeLog } from "./tree-log-watch.ts";

/** Where an attempt's logs lie, and what is known already. */
export interface WatchedAttempt {
  readonly stage: Stage;
  readonly attempt: number;
  readonly root: string;
  readonly buildFolder: string;
  readonly log: string;
  readonly times: string;
  readonly furtherLogs: readonly { readonly path: string; readonly keptAs: string }[];
  /** Steps in the last good run, where the tree does not tell. */
  readonly stepTotal?: number;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Number of steps an earlier host has reported; undefined when this host starts the stage. */
  readonly reportedSteps?: number;
  /** Problems of its logs that an earlier host has reported. */
  readonly reportedProblems?: readonly Problem[];
}

/** What the logs of an ended attempt tell. */
export interface WatchResult {
  readonly steps: number;
  /** Entries the image could not get, in order. */
  readonly failedEntries: readonly {
    readonly path: string;
    readonly reason: string;
    readonly span: LogSpan;
  }[];
  /** The tree's own logs that this attempt wrote: where they are, and their names in the build. */
  readonly treeLogs: readonly { readonly path: string; readonly keptAs: string }[];
}

interface Watched {
  readonly name: string;
  readonly follower: LogFollower;
  /** Only of the tree's own logs. */
  readonly tree?: TreeLog;
  readonly rules: readonly StepRule[];
  readonly entries: FailedEntries;
}

/** Between two looks at what the diagnosis has found. */
const tellMs = 1000;

/** Follows the logs of one attempt at a stage. */
export class StageWatch {
  readonly #attempt: WatchedAttempt;
  readonly #report: (event: EventBody) => void;
  readonly #logs: readonly Watched[];
  readonly #times: LogTimesWriter | undefined;
  readonly #failedEntries: { path: string; reason: string; span: LogSpan }[] = [];
  /** What the diagnosis finds in the logs. */
  readonly problems: LogProblems;
  #hasNews = false;
  #toldAt = 0;
  #steps = 0;
  #stepName = "";
  /** How often each rule has shown a step. */
  readonly #shown = new Map<StepRule, number>();

  constructor(attempt: WatchedAttempt, report: (event: EventBody) => void) {
    this.#attempt = attempt;
    this.#report = report;
    this.problems = new LogProblems(
      { stage: attempt.stage.name, attempt: attempt.attempt },
      attempt.reportedProblems ?? [],
      report,
    );
    this.#logs = [
      {
        name: attempt.log,
        follower: new LogFollower(join(attempt.buildFolder, attempt.log)),
        rules: attempt.stage.steps,
        entries: new FailedEntries(),
      },
      ...attempt.furtherLogs.map(({ path, keptAs }, index) => {
        const { steps = [], movedTo } = attempt.stage.furtherLogs[index] ?? {};
        const tree = new TreeLog(attempt, path, movedTo);
        return {
          name: keptAs,
          follower: tree.follow(),
          tree,
          rules: steps,
          entries: new FailedEntries(),
        };
      }),
    ];
    const times = LogTimesWriter.open(join(attempt.buildFolder, attempt.times));
    this.#times = times.ok ? times.value : undefined;
  }

  /** Reads what was appended; true when something was. */
  poll(now: number): boolean {
    let read = false;
    for (const log of this.#logs) read = this.#pollLog(log) || read;
    this.#times?.sample(this.#logs[0]?.follower.position ?? 0, now);
    if (this.#hasNews && Math.abs(now - this.#toldAt) >= tellMs) {
      this.#hasNews = false;
      this.#toldAt = now;
      this.problems.tell();
    }
    return read;
  }

  /** Reads the rest, unfinished last lines included, and ends. */
  finish(now: number): WatchResult {
    while (this.poll(now));
    const treeLogs = this.#logs.flatMap(({ name, tree, follower }) => {
      const path = tree?.written(follower);
      return path === undefined ? [] : [{ path, keptAs: name }];
    });
    for (const log of this.#logs) {
      const last = log.follower.flush();
      if (last !== undefined) this.#take(log, last);
      log.follower.close();
    }
    this.#times?.close();
    return {
      steps: this.#steps,
      failedEntries: this.#failedEntries,
      treeLogs,
    };
  }

  #pollLog(log: Watched): boolean {
    const part = log.follower.poll();
    if (part.truncated !== undefined && log === this.#logs[0]) {
      const { stage, attempt } = this.#attempt;
      this.problems.restart(log.name);
      this.#report({
        type: "log-truncated",
        stage: stage.name,
        attempt,
        log: log.name,
        ...part.truncated,
      });
    }
    for (const line of part.lines) this.#take(log, line);
    return part.lines.length > 0 || part.more;
  }

  #take(log: Watched, line: FollowedLine): void {
    const span: LogSpan = { log: log.name, start: line.offset, end: line.end };
    for (const rule of log.rules) {
      const match = rule.pattern.exec(line.text);
      if (match === null) continue;
      this.#step(stepName(rule, match), rule, span);
      break;
    }
    for (const { path, reason, start, end } of log.entries.take(line)) {
      // build_live prints the list of what failed once more, and its trace has both.
      if (this.#failedEntries.some((known) => known.path === path)) continue;
      this.#failedEntries.push({ path, reason, span: { log: log.name, start, end } });
    }
    // Banners too: they tell the diagnosis what is being built, and count as lines.
    this.problems.take(log.name, line);
    this.#hasNews = true;
  }

  #step(name: string, rule: StepRule, span: LogSpan): void {
    if (name === this.#stepName) return;
    this.#stepName = name;
    this.#steps += 1;
    const times = this.#shown.get(rule) ?? 0;
    this.#shown.set(rule, times + 1);
    const part = rule.parts?.[times];
    const { stage, attempt, stepTotal, reportedSteps = 0 } = this.#attempt;
    if (this.#steps <= reportedSteps) return;
    const total = stage.stepTotal ?? stepTotal;
    this.#report({
      type: "step",
      stage: stage.name,
      attempt,
      step: {
        name: summaryText(name),
        index: this.#steps,
        ...(total === undefined || total < this.#steps ? {} : { total }),
        ...(part === undefined ? {} : { part }),
      },
      span,
    });
  }
}

function stepName(rule: StepRule, match: RegExpExecArray): string {
  return (rule.name ?? "$1").replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? "");
}

/** The problem of a stage that failed without any log that tells why. */
export function failureProblem(
  stage: string,
  attempt: number,
  exitCode: number | undefined,
  reason: string | undefined,
): Problem {
  const status = exitCode === undefined ? "without a status" : `with status ${exitCode}`;
  return {
    id: `${stage}.${attempt}.failed`,
    kind: "stage-failed",
    stage,
    attempt,
    summary: reason ?? `${stage} ended ${status}, and its log names no cause`,
    advice: `Read the end of its log: smartbuild logs ${stage}`,
  };
}
