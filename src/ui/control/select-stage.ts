// Invariant: what is selected is a stage that the build has, or a step that has begun in its latest
// attempt.
import { treeRoom } from "../present/screen.ts";
import { isSelectable, isSelectedRow, stageTree } from "../present/stage-tree.ts";
import type { ViewState } from "./view-state.ts";

/** Selects the row of the tree before or after the selected one. */
export function selectNeighbour(view: ViewState, by: 1 | -1): void {
  const model = view.model();
  const rows = stageTree(model, treeRoom(model)).filter(isSelectable);
  const at = rows.findIndex((row) => isSelectedRow(row, view.ui));
  const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
  if (next === undefined || isSelectedRow(next, view.ui)) return;
  if (next.kind === "step") {
    selectStep(view, next.stage.name, next.index, next.state === "running");
    return;
  }
  // Whoever selects the running stage wants to see what it does; any other stage stays put.
  view.set({ follow: next.stage.state === "running" });
  view.select(next.stage.name);
  if (view.ui.follow) view.log?.toEnd();
}

/** Selects a step, and turns to the line of the log that it began with. */
function selectStep(view: ViewState, stage: string, index: number, isRunning: boolean): void {
  // As with stages: whoever selects what runs wants to see what it does.
  view.set({ follow: isRunning });
  view.select(stage);
  view.set({ step: index, attempt: undefined });
  if (isRunning) {
    view.refreshLog();
    view.log?.toEnd();
    return;
  }
  const span = view.stage?.attempts.at(-1)?.trail?.[index]?.span;
  const log = view.logs().find(({ file }) => file === span?.log);
  if (span === undefined || log === undefined) return;
  view.showLog(log);
  view.log?.showFrom(span.start, view.logHeight);
}

/**
 * Shows all steps of the selected stage; then none, where the tree shows some by itself; then what
 * the tree shows by itself.
 */
export function toggleSteps(view: ViewState): void {
  const { stage, ui } = view;
  if (stage === undefined) return;
  if ((stage.attempts.at(-1)?.trail ?? []).length === 0) {
    view.set({ notice: `${stage.name} has shown no steps.` });
    return;
  }
  const isBrief = stage.state === "running" || stage.state === "failed";
  const { [stage.name]: isOpen, ...others } = ui.opened;
  const next = isOpen === undefined ? true : isOpen && isBrief ? false : undefined;
  view.set({
    opened: next === undefined ? others : { ...others, [stage.name]: next },
    step: next === true ? ui.step : undefined,
  });
}
