// Invariant: problems, kept logs and the end of an attempt are told in this order, once.
import { constants, copyFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "../graph/stage.ts";
import type { EventBody, Fingerprint } from "../journal/events.ts";
import { missingEntryProblems, failedEntryProblems } from "./entry-problems.ts";
import type { AttemptEnd } from "./stage-run.ts";
import { failureProblem, type WatchResult } from "./stage-watch.ts";
import type { LogProblems } from "./log-problems.ts";
import { keptLogName } from "./build-files.ts";

/** An attempt whose command has ended. */
export interface EndedStage {
  readonly stage: Stage;
  readonly attempt: number;
  readonly root: string;
  readonly folder: string;
  readonly searchFolders: () => readonly string[];
  readonly end: AttemptEnd;
  readonly durationMs: number;
  readonly watched: WatchResult;
  readonly problems: LogProblems;
  readonly fingerprint: Fingerprint | undefined;
  readonly report: (event: EventBody) => void;
}

/** Keeps the tree's own logs with the build, tells the problems, and ends the attempt. */
export function finishStage(ended: EndedStage): void {
  const { stage, attempt, end, report } = ended;
  for (const { path } of stage.furtherLogs) keepLog(ended, path);
  tellProblems(ended);
  report({
    type: "stage-ended",
    stage: stage.name,
    attempt,
    outcome: end.outcome,
    durationMs: ended.durationMs,
    ...(end.exitCode === undefined ? {} : { exitCode: end.exitCode }),
    ...(end.reason === undefined ? {} : { reason: end.reason }),
    ...(end.leftovers.length === 0 ? {} : { leftovers: end.leftovers }),
    ...(end.outcome === "succeeded" && ended.fingerprint !== undefined
      ? { fingerprint: ended.fingerprint }
      : {}),
    steps: ended.watched.steps,
  });
}

function tellProblems(ended: EndedStage): void {
  const { stage, attempt, end, problems } = ended;
  switch (end.outcome) {
    case "interrupted":
      problems.withdraw();
      return;
    case "succeeded":
      problems.finish(false, missingEntryProblems(ended), []);
      return;
    case "failed":
      problems.finish(true, failedEntryProblems(ended), [
        failureProblem(stage.name, attempt, end.exitCode, end.reason),
      ]);
  }
}

function keepLog({ stage, attempt, root, folder }: EndedStage, path: string): void {
  const kept = join(folder, keptLogName(stage.name, attempt, path));
  try {
    copyFileSync(join(root, path), kept, constants.COPYFILE_FICLONE);
  } catch {
    // The stage failed before it wrote that log, or the disk is full: the log itself stays.
  }
}
