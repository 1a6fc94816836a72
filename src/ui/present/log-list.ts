// Invariant: pure; the list beside a log is there only while the build has problems and the log keeps
// at least as many cells as the list.
import type { ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, tall, type Row } from "./cells.ts";
import { listRows } from "./failures.ts";

/** Below this there is no room for a list beside the log. */
const least = 60;
/** From here on the list is there unless it was put away. */
const roomy = 120;

/** Cells for the list of problems beside the log; 0 where there is none. */
export function logListWidth({
  build,
  ui,
  size,
}: Pick<ConsoleModel, "build" | "ui" | "size">): number {
  const { columns } = size;
  if (ui.screen !== "log" || columns < least || (build?.problems.length ?? 0) === 0) return 0;
  if (!(ui.list ?? columns >= roomy)) return 0;
  return Math.min(48, Math.max(26, Math.floor(columns * 0.32)));
}

/** The list of problems, as high as the log beside it. */
export function logListRows(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  const count = model.build?.problems.length ?? 0;
  const tone = model.ui.pane === "stages" ? "running" : "strong";
  const title = [cell(` ${String(count)} ${count === 1 ? "problem" : "problems"}`, tone)];
  return tall([title, ...listRows(model, theme, width, height - 1)], height);
}
