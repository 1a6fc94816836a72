// Invariant: a selected stage is one that the build has.
import type { ViewState } from "./view-state.ts";

/** Selects the stage before or after the selected one. */
export function selectNeighbour(view: ViewState, by: 1 | -1): void {
  const stages = view.build?.stages ?? [];
  const at = stages.findIndex(({ name }) => name === view.ui.selected);
  const next = stages[Math.max(0, Math.min(stages.length - 1, at + by))];
  if (next === undefined || next.name === view.ui.selected) return;
  // Whoever selects the running stage wants to see what it does; any other stage stays put.
  view.set({ follow: next.state === "running" });
  view.select(next.name);
}
