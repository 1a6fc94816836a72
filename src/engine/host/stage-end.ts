// Invariant: problems, kept logs and the end of an attempt are told in this order, once.
import { constants, copyFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "../graph/stage.ts";
import { changesSince } from "../diagnosis/changes.ts";
import { fragmentHashes } from "../graph/sources.ts";
import type { EventBody, Fingerprint, Problem, StageChanges } from "../journal/events.ts";
import { lastGood } from "../journal/last-good.ts";
import type { BuildState } from "../journal/state.ts";
import { missingEntryProblems, failedEntryProblems } from "./entry-problems.ts";
import { withLastDelivery } from "./last-delivery.ts";
import { attemptFiles } from "./build-files.ts";
import { stageResult } from "./stage-result.ts";
import type { AttemptEnd } from "./stage-run.ts";
import { failureProblem, type WatchResult } from "./stage-watch.ts";
import type { LogProblems } from "./log-problems.ts";

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
  /** The build so far. */
  readonly build: BuildState;
  readonly report: (event: EventBody) => void;
}

/** Keeps the tree's own logs with the build, tells the problems, and ends the attempt. */
export async function finishStage(ended: EndedStage): Promise<void> {
  const { stage, attempt, end, report } = ended;
  for (const log of ended.watched.treeLogs) keepLog(ended, log);
  if (end.outcome === "succeeded") await keepImage(ended);
  const problems = tellProblems(ended);
  for (const problem of await withLastDelivery(ended.root, ended.folder, problems)) {
    report({ type: "problem", problem });
  }
  const changes = end.outcome === "failed" ? await changesOf(ended, problems) : undefined;
  const result = resultOf(ended);
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
    ...(problems.length === 0 ? {} : { problems: problems.map(({ id }) => id) }),
    ...(changes === undefined ? {} : { changes }),
    ...(result === undefined ? {} : { result }),
  });
}

function resultOf({ stage, attempt, folder }: EndedStage): string | undefined {
  if (stage.result === undefined) return undefined;
  return stageResult(join(folder, attemptFiles(stage.name, attempt).log), stage.result);
}

/** What the image of the tree's own builder got is compared with later builds. */
async function keepImage({ stage, root, folder }: EndedStage): Promise<void> {
  if (stage.imageOutput === undefined) return;
  const { keepDelivered } = await import("../image/shipped/keep-delivered.ts");
  const failed = await keepDelivered(root, join(root, stage.imageOutput), folder);
  // The host's stderr is its log; the build is as good as without the list.
  if (failed !== undefined) process.stderr.write(`${stage.name}: ${failed}\n`);
}

function tellProblems(ended: EndedStage): readonly Problem[] {
  const { stage, attempt, end, problems, build } = ended;
  const earlier = build.problems.filter((problem) => problem.stage !== stage.name);
  switch (end.outcome) {
    case "interrupted":
      problems.withdraw();
      return [];
    case "succeeded":
      return problems.finish(
        false,
        (causes) => missingEntryProblems({ ...ended, known: [...earlier, ...causes] }),
        [],
      );
    case "failed":
      return problems.finish(
        true,
        (causes) => failedEntryProblems({ ...ended, known: [...earlier, ...causes] }),
        [failureProblem(stage.name, attempt, end.exitCode, end.reason)],
      );
  }
}

/** What differs from the stage's last good build. */
async function changesOf(
  { stage, attempt, root, folder, fingerprint, build }: EndedStage,
  problems: readonly Problem[],
): Promise<StageChanges | undefined> {
  const good = lastGood(folder, stage.name);
  // A host that took over a retry does not know what that was built from.
  if (good === undefined || fingerprint === undefined) return undefined;
  return changesSince({
    root,
    good,
    now: fingerprint,
    // A retry comes after an edit.
    fragments: (attempt === 1 ? build.sources?.fragments : undefined) ?? fragmentHashes(root),
    named: [...new Set(problems.flatMap(({ file, path }) => file ?? path ?? []))],
  });
}

function keepLog({ folder }: EndedStage, log: WatchResult["treeLogs"][number]): void {
  try {
    copyFileSync(log.path, join(folder, log.keptAs), constants.COPYFILE_FICLONE);
  } catch {
    // It went away, or the disk is full: what was read of it is diagnosed.
  }
}
