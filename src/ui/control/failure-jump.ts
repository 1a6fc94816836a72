// Invariant: ends on the first line of the cause when the build names one, else on the first line
// that looks like a failure, else leaves the end of the log on screen.
import { setImmediate as nextTurn } from "node:timers/promises";
import type { BuildState } from "../../engine/journal/state.ts";
import type { ActionContext } from "./actions.ts";

/** Selects a failed stage and shows the first failing line of its log. */
export function showFirstFailure(context: ActionContext, stage: string): void {
  const { view } = context;
  view.set({ follow: false });
  view.select(stage);
  const problem = firstProblem(view.build, stage);
  const named = view.logs().find(({ file }) => file === problem?.span?.log);
  if (named !== undefined) view.showLog(named);
  const log = view.log;
  if (log === undefined) return;
  void (async () => {
    while (log.reader.complete < 1 && view.log === log) {
      log.reader.advance();
      await nextTurn();
    }
    const offset = named === undefined ? undefined : problem?.span?.start;
    const line =
      (offset === undefined ? undefined : log.reader.lineAt(offset)) ?? (await log.failure(1));
    if (view.log !== log || line === undefined || view.ui.follow) return;
    log.jump(line, view.logHeight);
    context.shown();
  })();
}

function firstProblem(
  build: BuildState | undefined,
  stage: string,
): BuildState["problems"][number] | undefined {
  const own = build?.problems.filter((problem) => problem.stage === stage) ?? [];
  return own.find(({ span }) => span !== undefined);
}
