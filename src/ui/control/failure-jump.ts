// Invariant: ends on the first line of the cause when the build names one, else on the first line
// that looks like a failure, else leaves the end of the log on screen.
import type { BuildState, Problem } from "../../engine/journal/state.ts";
import { keymapOf } from "../keymap.ts";
import { keyIn } from "../present/hints.ts";
import { orderedProblems, provenProblems } from "../present/problems.ts";
import type { ActionContext } from "./action.ts";

/** Selects a failed stage and shows the first failing line of its log. */
export function showFirstFailure(context: ActionContext, stage: string): void {
  const { view } = context;
  view.set({ follow: false, attempt: undefined });
  view.select(stage);
  const problem = firstProblem(view.build, stage);
  const named = view.logs().find(({ file }) => file === problem?.span?.log);
  if (named !== undefined) view.showLog(named);
  const log = view.log;
  if (log === undefined) return;
  // The stage may have ended before the last of its output was looked at.
  log.advance();
  void (async () => {
    const offset =
      (named === undefined ? undefined : problem?.span?.start) ?? (await log.failure(1));
    if (view.log !== log || offset === undefined || view.ui.follow) return;
    log.jump(offset, view.logHeight);
    context.shown();
  })();
}

/** Said instead of going round a single problem. */
export const onlyProblem = "This is the only problem.";

/**
 * Goes to the next problem of the build, going round; where no log proves any, to the next
 * line of this log that looks like a failure.
 */
export async function jumpToProblem(context: ActionContext, step: 1 | -1): Promise<void> {
  const { view } = context;
  const problems = view.build === undefined ? [] : orderedProblems(view.build);
  if (problems.every(({ span }) => span === undefined)) await jumpToLine(context, step, "failure");
  else {
    const from = problemAt(view, problems);
    const next = nextProblem(view, problems, from, step);
    if (next?.span !== undefined) showProblem(context, next);
    else if (next !== undefined) showUnproven(context, next, problems);
    if (next !== undefined && next.id === from?.id) view.set({ notice: onlyProblem });
  }
  context.shown();
}

/** Goes to the next line of this log that looks like a failure, or warns. */
export async function jumpToLine(
  context: ActionContext,
  step: 1 | -1,
  kind: "failure" | "warning",
): Promise<void> {
  const { view } = context;
  const { log } = view;
  if (log === undefined) return;
  const offset = await log.failure(step, kind);
  if (view.log !== log) return;
  if (offset === undefined) view.set({ notice: nothingFound[kind] });
  else {
    view.set({ follow: false });
    log.jump(offset, view.logHeight);
  }
  context.shown();
}

const nothingFound = {
  failure: "No failing line in this log.",
  warning: "No warning in this log.",
} as const;

/** Turns to the log that proves a problem, with the cursor on its first line. */
export function showProblem({ view }: ActionContext, problem: Problem | undefined): void {
  const { span } = problem ?? {};
  if (problem === undefined || span === undefined) return;
  view.set({ follow: false, failure: problem.id });
  view.select(problem.stage);
  view.set({ attempt: problem.attempt });
  const named = view.logs().find(({ file }) => file === span.log);
  view.showLog(named);
  const { log } = view;
  // A filter could hide the very line that is to be shown.
  if (log?.log?.currentFilter !== undefined) {
    log.filter([], 0, view.logHeight);
    view.set({ filter: [] });
    view.noteNarrowing();
  }
  log?.advance();
  log?.jump(span.start, view.logHeight);
}

/** Selects a problem that no log proves; only its stage can be shown. */
function showUnproven(
  { view }: ActionContext,
  problem: Problem,
  problems: readonly Problem[],
): void {
  view.set({ follow: false, failure: problem.id, attempt: undefined });
  view.select(problem.stage);
  view.log?.toEnd();
  const at = `${problems.indexOf(problem) + 1}/${problems.length}`;
  const { screen } = view.ui;
  const key = keyIn(screen, screen === "log" ? "explain" : "failures", keymapOf(view.model()));
  view.set({
    notice: `No log shows problem ${at}${key === undefined ? "." : `; ${key} explains it.`}`,
  });
}

/** The selected problem, where no log proves it and its stage is looked at. */
export function unprovenAt({ build, ui }: ActionContext["view"]): Problem | undefined {
  return build?.problems.find(
    ({ id, span, stage }) => id === ui.failure && span === undefined && stage === ui.selected,
  );
}

/** The problem that is looked at: of several on one line the selected one. */
function problemAt(view: ActionContext["view"], problems: readonly Problem[]): Problem | undefined {
  const { log, ui } = view;
  const cursor = log?.place.cursor;
  const selected = problems.find(
    ({ id, span }) => id === ui.failure && span?.log === log?.file && span?.start === cursor,
  );
  if (selected?.span !== undefined) return selected;
  return log?.problems.holding(cursor) ?? unprovenAt(view);
}

/** The one after (or before) the place that is looked at, in the order of the build. */
function nextProblem(
  view: ActionContext["view"],
  problems: readonly Problem[],
  from: Problem | undefined,
  step: 1 | -1,
): Problem | undefined {
  const { log } = view;
  const { top = "end", cursor } = log?.place ?? {};
  const at = problems.findIndex(({ id }) => id === from?.id);
  if (at !== -1) return problems[(at + step + problems.length) % problems.length];
  const inLog = problems.filter(({ span }) => span?.log === log?.file);
  const offset = cursor ?? (top === "end" ? Infinity : top);
  const starts = (problem: Problem): number => problem.span?.start ?? 0;
  const near =
    step === 1
      ? inLog.find((problem) => starts(problem) > offset)
      : inLog.findLast((problem) => starts(problem) < offset);
  return near ?? (step === 1 ? (inLog[0] ?? problems[0]) : (inLog.at(-1) ?? problems.at(-1)));
}

function firstProblem(build: BuildState | undefined, stage: string): Problem | undefined {
  if (build === undefined) return undefined;
  return provenProblems(build).find((problem) => problem.stage === stage);
}
