// Invariant: pure; history is plain text that stays true in a scrollback: no colours, no positions.
import { clockTime } from "../engine/journal/clock-time.ts";
import { bytesText, ruleText, type RetentionRule } from "../engine/journal/dropped-logs.ts";
import type { VolumeFill } from "../engine/journal/events.ts";
import type { PastBuild, PastStage } from "../engine/journal/past-builds.ts";
import type { RunState } from "../engine/journal/state.ts";

/** What is on the disk of a build's logs. */
export interface LogsKept {
  readonly bytes: number;
  /** Sentence about logs that were dropped. */
  readonly dropped?: string;
}

const words: Readonly<Record<RunState, string>> = {
  pending: "waits",
  running: "running",
  succeeded: "succeeded",
  failed: "failed",
  skipped: "skipped",
  interrupted: "stopped",
};

/** A build in three lines: what came of it, its stages with their times, where its logs are. */
export function buildLines(build: PastBuild, logs: LogsKept, folder: string): string[] {
  const { state, startedAt, durationMs } = build;
  const time = durationMs === undefined ? "-" : clockTime(durationMs);
  const began = startedAt.slice(0, 16).replace("T", " ");
  return [
    `${build.build}  ${began}  ${words[state].padEnd(9)} ${time.padStart(8)}${whyText(build)}`,
    ...(build.stages.length === 0 ? [] : [`    ${build.stages.map(stageText).join(", ")}`]),
    `    ${folder}  ${logs.dropped ?? `${bytesText(logs.bytes)} of logs`}`,
  ];
}

/** What keeps the logs, and how much of it is used. */
export function ruleLine(rule: RetentionRule, bytes: number, config: string): string {
  return `Logs take ${bytesText(bytes)}; ${ruleText(rule)} (keepBuilds and keepBytes in ${config}).`;
}

/** How full a file system of the image is. */
export function fillText({ name, bytes, usedBytes, inodes, usedInodes }: VolumeFill): string {
  return (
    `${name}: ${bytesText(usedBytes)} of ${bytesText(bytes)} (${percent(usedBytes, bytes)}), ` +
    `${usedInodes} of ${inodes} inodes (${percent(usedInodes, inodes)})`
  );
}

function percent(part: number, whole: number): string {
  return `${whole === 0 ? 0 : Math.round((part / whole) * 100)} %`;
}

function whyText({ state, problemCount, firstProblem, artefacts }: PastBuild): string {
  if (state === "succeeded") {
    const made = artefacts[0];
    return made === undefined ? "" : `  made ${made.path} (${bytesText(made.bytes)})`;
  }
  if (firstProblem === undefined) return "";
  const more = problemCount > 1 ? ` (and ${problemCount - 1} more)` : "";
  return `  ${firstProblem}${more}`;
}

function stageText({ name, durationMs, state, attempts, exitCode }: PastStage): string {
  const time = durationMs === undefined ? words[state] : clockTime(durationMs);
  const bad =
    state === "failed" && exitCode !== undefined
      ? ` exit ${exitCode}`
      : state === "interrupted"
        ? " stopped"
        : "";
  const again = attempts > 1 ? ` attempt ${attempts}` : "";
  return `${name} ${time}${bad}${again}`;
}
