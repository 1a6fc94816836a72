// Invariant: ends on the first line of the cause when the build names one, else on the first line
// that looks like a failure, else leaves the end of the log on screen.
import type { BuildState, Problem } from "../../engine/journal/state.ts";
import { provenProblems } from "../present/problems.ts";
import type { ActionContext } from "./actions.ts";

/** Selects a failed stage and shows the first failing line of its log. */
export function showFirstFailure(context: ActionContext, stage: string): void {
  const { view } = context;
  view.set({ follow: false });
  view.select(stage);
  view.set({ attempt: undefined });
  const problem = firstProblem(view.build, stage);
  const named = view.logs().find(({ file }) => file === problem?.span?.log);
  if (named !== undefined) view.showLog(named);
  const log = view.log;
  if (log === undefined) return;
  void (async () => {
    const offset =
      (named === undefined ? undefined : problem?.span?.start) ?? (await log.failure(1));
    if (view.log !== log || offset === undefined || view.ui.follow) return;
    log.jump(offset, view.logHeight);
    context.shown();
  })();
}

/**
 * Goes to the next problem of the build that a log proves, going round; without any, to the next
 * line of this log that looks like a failure.
 */
export async function jumpToProblem(context: ActionContext, step: 1 | -1): Promise<void> {
  const { view } = context;
  const problems = view.build === undefined ? [] : provenProblems(view.build);
  if (problems.length === 0) await jumpToLine(context, step, "failure");
  else showProblem(context, nextProblem(view, problems, step));
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
  log?.jump(span.start, view.logHeight);
}

/** The one after (or before) the place that is looked at, in the order of the build. */
function nextProblem(
  view: ActionContext["view"],
  problems: readonly Problem[],
  step: 1 | -1,
): Problem | undefined {
  const { log } = view;
  const { top = "end", cursor } = log?.place ?? {};
  const held = log?.problems.holding(cursor);
  const at = problems.findIndex(({ id }) => id === held?.id);
  if (at !== -1) return problems[(at + step + problems.length) % problems.length];
  const inLog = problems.filter(({ span }) => span?.log === log?.file);
  const from = cursor ?? (top === "end" ? Infinity : top);
  const starts = (problem: Problem): number => problem.span?.start ?? 0;
  const near =
    step === 1
      ? inLog.find((problem) => starts(problem) > from)
      : inLog.findLast((problem) => starts(problem) < from);
  return near ?? (step === 1 ? (inLog[0] ?? problems[0]) : (inLog.at(-1) ?? problems.at(-1)));
}

function firstProblem(build: BuildState | undefined, stage: string): Problem | undefined {
  if (build === undefined) return undefined;
  return provenProblems(build).find((problem) => problem.stage === stage);
}
