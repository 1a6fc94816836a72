// Invariant: the judge believes status files, witnesses and the process table, and compares what the
// journal says with them.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { buildFolders } from "../../src/engine/journal/builds.ts";
import type { JournalEvent } from "../../src/engine/journal/events.ts";
import { foldAll } from "../../src/engine/journal/fold.ts";
import { JournalFollower } from "../../src/engine/journal/follow.ts";
import type { Attempt, BuildState } from "../../src/engine/journal/state.ts";
import { readStatusFile } from "../../src/engine/process/status-file.ts";
import { doublesOf, slowStages, witnessOf } from "./fixture.ts";
import type { FaultKind } from "./kinds.ts";

/** What is wrong with the builds of a tree in which nothing runs any more; empty when all is well. */
export function judge(root: string, kind: FaultKind): string[] {
  const folders = buildFolders(join(root, "log/smartbuild")).toReversed();
  const faults = folders.flatMap((folder) => judgeBuild(root, folder, kind));
  for (const name of doublesOf(root)) faults.push(`${name} ran twice at the same time`);
  if (kind.build === "untouched") {
    if (folders.length !== 1) faults.push(`${String(folders.length)} builds instead of one`);
    for (const folder of folders) faults.push(...judgeUntouched(stateOf(folder)));
  }
  const last = folders.at(-1);
  if (last !== undefined && stateOf(last)?.state !== "succeeded") {
    faults.push(`the last build ${stateOf(last)?.state ?? "is unreadable"}`);
  }
  return faults;
}

/** The lines of a build's journal, for a story. */
export function journalText(folder: string): string {
  return readFileSync(join(folder, "journal.jsonl"), "utf8");
}

function judgeUntouched(state: BuildState | undefined): string[] {
  return (state?.stages ?? [])
    .filter(
      ({ state: at, planned, attempts }) =>
        planned && (at !== "succeeded" || attempts.length !== 1),
    )
    .map(
      ({ name, state: at, attempts }) => `${name} ${at} after ${String(attempts.length)} attempts`,
    );
}

function judgeBuild(root: string, folder: string, kind: FaultKind): string[] {
  const events = eventsOf(folder);
  const name = basename(folder);
  const faults: string[] = [];
  if (kind.build !== "cut") {
    const gap = events.findIndex(({ seq }, index) => seq !== index + 1);
    if (gap !== -1) faults.push(`${name}: number ${String(gap + 1)} of the journal is missing`);
  }
  const ended = new Set<string>();
  for (const event of events) {
    if (event.type !== "stage-ended") continue;
    const key = `${event.stage}.${String(event.attempt)}`;
    if (ended.has(key)) faults.push(`${name}: ${key} ended twice`);
    ended.add(key);
    if (event.durationMs < 0) faults.push(`${name}: ${key} took ${String(event.durationMs)} ms`);
  }
  const state = foldAll(events);
  if (state === undefined) {
    if (kind.build !== "cut") faults.push(`${name}: the journal holds no build`);
    return faults;
  }
  if (state.state === "running" && kind.build !== "cut") faults.push(`${name} still runs`);
  for (const stage of state.stages) {
    for (const attempt of stage.attempts) {
      const wrong = judgeAttempt(root, folder, stage.name, attempt);
      faults.push(
        ...wrong.map((fault) => `${name} ${stage.name}.${String(attempt.number)}: ${fault}`),
      );
    }
  }
  return faults;
}

/** The outcome as the status file has it, the log as the child has written it. */
function judgeAttempt(root: string, folder: string, stage: string, attempt: Attempt): string[] {
  const faults: string[] = [];
  const { exitCode } = readStatusFile(join(folder, attempt.status));
  const truth = exitCode === undefined ? "interrupted" : exitCode === 0 ? "succeeded" : "failed";
  // What had no room for its status file never ran.
  const neverRan = attempt.state === "failed" && attempt.reason?.startsWith("not started") === true;
  if (attempt.state !== truth && !neverRan) faults.push(`${attempt.state}, and was ${truth}`);
  if (!slowStages.includes(stage) || neverRan) return faults;
  const witness = witnessOf(root, basename(folder), stage, attempt.number);
  if (attempt.state === "succeeded" && witness?.isDone !== true) {
    faults.push("succeeded, and its child never ended");
  }
  const written = witness?.lines ?? [];
  const logged = logLines(join(folder, attempt.log), stage);
  // A child that is killed between its witness and its log has written one line less.
  const whole = witness?.isDone === true || logged.length === written.length;
  const expected = whole ? written : written.slice(0, -1);
  const isEqual =
    witness !== undefined && witness.lost > 0
      ? logged.every((line) => written.includes(line))
      : logged.join("\n") === expected.join("\n");
  if (!isEqual) {
    const sizes = `${String(logged.length)} of ${String(written.length)} lines`;
    faults.push(`its log is not what its child wrote (${sizes})`);
  }
  return faults;
}

/** Lines of the child; a full disk may have left pieces of a line. */
function logLines(path: string, stage: string): string[] {
  try {
    return readFileSync(path, "latin1")
      .split("\n")
      .filter((line) => new RegExp(`^${stage} \\d+ \\d+$`).test(line));
  } catch {
    return [];
  }
}

function stateOf(folder: string): BuildState | undefined {
  return foldAll(eventsOf(folder));
}

function eventsOf(folder: string): readonly JournalEvent[] {
  const follower = new JournalFollower(join(folder, "journal.jsonl"));
  const events = follower.poll();
  follower.close();
  return events;
}
