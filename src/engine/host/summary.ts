// Invariant: pure; a summary is plain text that stays true in a scrollback: no colours, no positions.
import { join, relative, sep } from "node:path";
import { changeLines } from "../diagnosis/change-text.ts";
import { clockTime } from "../journal/clock-time.ts";
import { typedWord } from "../settings/typed-word.ts";
import type { BuildState, Problem, RunState, StageState } from "../journal/state.ts";
import { workedMs } from "../journal/worked.ts";

export interface SummaryOptions {
  /** The build's folder, an absolute path. */
  readonly buildFolder: string;
  /** The reader's current folder, an absolute path; without it, one inside the tree. */
  readonly cwd?: string;
  /** Milliseconds of the epoch, for what still runs. */
  readonly now: number;
  /** Draw nothing but ASCII. */
  readonly ascii?: boolean;
}

/** Problems listed at most; the journal has them all. */
const problemsShown = 20;

const marks: Readonly<Record<RunState, readonly [unicode: string, ascii: string]>> = {
  pending: ["·", "."],
  running: ["●", "*"],
  succeeded: ["✓", "+"],
  failed: ["✗", "x"],
  skipped: ["-", "-"],
  interrupted: ["!", "!"],
};

/**
 * A build in some lines: its outcome, each stage that ran with its time, what went wrong with file
 * and line, what it made, and the next command. No line ends in a newline.
 */
export function summaryLines(state: BuildState, options: SummaryOptions): string[] {
  const failed = state.stages.filter((stage) => isOver(stage) && stage.state !== "succeeded");
  return [
    headline(state, options),
    ...stageLines(state, options),
    ...state.stages.flatMap(({ attempts }) => resultLines(attempts.at(-1)?.result)),
    ...problemLines(state),
    ...failed.flatMap(stageChanges),
    ...failed.flatMap((stage) => logLine(stage, state, options)),
    ...state.artefacts.map(({ path, bytes }) => `  made    ${path} (${sizeText(bytes)})`),
    ...nextLine(state, options),
  ];
}

function isOver(stage: StageState): boolean {
  return stage.attempts.length > 0 && stage.state !== "running";
}

/** What is said of a build, after its name. */
export const stateWords: Readonly<Record<RunState, string>> = {
  pending: "has not begun",
  running: "still runs",
  succeeded: "succeeded",
  failed: "failed",
  skipped: "had nothing to do",
  interrupted: "was stopped",
};

function headline(state: BuildState, options: SummaryOptions): string {
  const elapsed = workedMs(state, options.now);
  return `Build ${state.build} ${stateWords[state.state]} after ${clockTime(elapsed)}  (${state.workspace})`;
}

function stageLines(state: BuildState, options: SummaryOptions): string[] {
  const shown = state.stages.filter(({ attempts }) => attempts.length > 0);
  const waiting = state.stages.filter(({ state: at }) => at === "pending").map(({ name }) => name);
  const width = Math.max(0, ...shown.map(({ name }) => name.length));
  const lines = shown.map((stage) => {
    const attempt = stage.attempts.at(-1);
    const time = attempt?.durationMs ?? options.now - Date.parse(attempt?.startedAt ?? "");
    const mark = marks[stage.state][options.ascii === true ? 1 : 0];
    const name = stage.name.padEnd(width);
    return `  ${mark} ${name}  ${clockTime(time).padStart(7)}${endText(stage)}`.trimEnd();
  });
  const isOpen = state.state === "running" || state.state === "pending";
  const what = isOpen ? "to come" : "not run";
  return waiting.length === 0 ? lines : [...lines, `  ${what}: ${waiting.join(", ")}`];
}

function endText(stage: StageState): string {
  const attempt = stage.attempts.at(-1);
  const again = stage.attempts.length > 1 ? `  attempt ${stage.attempts.length}` : "";
  if (stage.state === "succeeded" || stage.state === "running") return again;
  if (attempt?.exitCode !== undefined && attempt.exitCode !== 0) {
    return `${again}  exit ${attempt.exitCode}`;
  }
  return attempt?.reason === undefined ? again : `${again}  ${attempt.reason}`;
}

/** What a stage says of what it found. */
function resultLines(result: string | undefined): string[] {
  return result === undefined ? [] : [`  ${result}`];
}

function problemLines(state: BuildState): string[] {
  const shown = state.problems
    .slice(0, problemsShown)
    .map((problem) => `  ${problem.stage}: ${placed(problem)}`);
  const more = state.problems.length - shown.length;
  return more > 0 ? [...shown, `  and ${more} more problems`] : shown;
}

function stageChanges({ name, state, attempts }: StageState): string[] {
  const changes = attempts.at(-1)?.changes;
  if (state !== "failed" || changes === undefined) return [];
  return changeLines(name, changes).map((line) => `  ${line}`);
}

/** What is wrong, with the place that a developer opens: the source, or the manifest. */
function placed({ file, line, manifest, manifestLine, summary }: Problem): string {
  const [path, number] = file === undefined ? [manifest, manifestLine] : [file, line];
  if (path === undefined) return summary;
  const place = number === undefined ? path : `${path}:${number}`;
  return summary.includes(place) ? summary : `${summary} (${place})`;
}

function logLine(stage: StageState, state: BuildState, options: SummaryOptions): string[] {
  // The log that shows the cause, which may be one of the tree's own.
  const cause = state.problems.find((problem) => problem.stage === stage.name)?.span;
  const log = cause?.log ?? stage.attempts.at(-1)?.log;
  if (log === undefined) return [];
  return [`  log     ${relative(state.workspace, join(options.buildFolder, log))}`];
}

function nextLine(state: BuildState, { cwd }: SummaryOptions): string[] {
  const enter = cwd === undefined ? "" : enterCommand(cwd, state.workspace);
  switch (state.state) {
    case "pending":
    case "running":
      return [`It goes on without the console. To see it again: ${enter}smartbuild attach`];
    case "failed":
    case "interrupted":
      return [`To go on from here: ${enter}${runCommand(state)}`];
    case "succeeded": {
      const again = builtAgain(state);
      if (again === undefined) return [];
      return [`What came after ${again} is older than it now: ${enter}smartbuild plan`];
    }
    case "skipped":
      return [];
  }
}

/** A stage that was run again once stages after it had been built. */
function builtAgain({ stages }: BuildState): string | undefined {
  const startOf = (stage: StageState): string => stage.attempts.at(-1)?.startedAt ?? "";
  return stages.find(
    (stage, at) =>
      stage.attempts.length > 1 &&
      stages
        .slice(at + 1)
        .some((later) => later.attempts.length > 0 && startOf(later) < startOf(stage)),
  )?.name;
}

/** The command that goes on with what was asked for. */
export function runCommand({ targets }: Pick<BuildState, "targets">): string {
  return ["smartbuild run", ...targets.map(typedWord)].join(" ");
}

/** `cd … && ` where a command typed in this folder would not find the tree around it. */
function enterCommand(cwd: string, workspace: string): string {
  const [first] = relative(workspace, cwd).split(sep);
  return first === ".." ? `cd ${typedWord(relative(cwd, workspace))} && ` : "";
}

function sizeText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return unit === 0 ? `${bytes} bytes` : `${value.toFixed(1)} ${units[unit] ?? ""}`;
}
