// Invariant: the mouse does nothing that keys cannot: the wheel moves as they do, and a click moves
// the cursor, step by step, to where it points.
import { baseView } from "../keymap.ts";
import { logColumnsOf } from "../present/layout.ts";
import { logRows } from "../present/log-rows.ts";
import { layoutFor, screenRows } from "../present/screen.ts";
import { textWidth } from "../text-width.ts";
import type { MouseEvent } from "../terminal/mouse-input.ts";
import { themeFor } from "../theme.ts";
import type { ViewState } from "./view-state.ts";

/** Lines that one notch of the wheel scrolls. */
const notch = 3;

/** Moves, as the keys make them. */
export interface Moves {
  readonly step: (by: 1 | -1) => void;
  /** Scrolls the log, or the help, by lines. */
  readonly scroll: (lines: number) => void;
}

/** Does what the mouse asks for. */
export function obeyMouse(view: ViewState, event: MouseEvent, moves: Moves): void {
  const { overlay } = view.ui;
  if (overlay !== undefined && overlay.kind !== "help" && overlay.kind !== "palette") return;
  choosePane(view, event);
  switch (event.kind) {
    case "wheel-up":
      wheel(view, moves, -1);
      return;
    case "wheel-down":
      wheel(view, moves, 1);
      return;
    case "click":
      if (overlay === undefined || overlay.kind === "palette") clickRow(view, event, moves);
  }
}

function wheel(view: ViewState, { step, scroll }: Moves, by: 1 | -1): void {
  const { overlay, pane, screen } = view.ui;
  if (overlay?.kind === "help") scroll(by * notch);
  else if (overlay === undefined && view.page !== undefined) view.page.move({ rows: by * notch });
  else if (overlay === undefined && screen !== "failures" && pane === "log") scroll(by * notch);
  else step(by);
}

/** On the build screen the pane under the mouse is the one that is meant. */
function choosePane(view: ViewState, { column, row }: MouseEvent): void {
  const model = view.model();
  if (model.ui.overlay !== undefined || baseView(model) !== "build") return;
  const layout = layoutFor(model);
  if (layout.kind === "columns") {
    view.set({ pane: column > layout.stagesWidth ? "log" : "stages" });
  } else if (layout.kind === "stacked") {
    // The header and its line stand above the stages.
    view.set({ pane: row - 2 >= layout.stagesHeight ? "log" : "stages" });
  }
}

/** Steps towards the row until the cursor is there, or cannot come nearer. */
function clickRow(view: ViewState, event: MouseEvent, { step }: Moves): void {
  let distance = distanceTo(view, event);
  for (let steps = view.size.rows; distance !== undefined && distance !== 0 && steps > 0; steps--) {
    step(distance > 0 ? 1 : -1);
    const next = distanceTo(view, event);
    // Between two entries stands a row that is none.
    if (next === undefined || Math.abs(next) >= Math.abs(distance)) return;
    distance = next;
  }
}

/** Rows from the cursor to the mouse, below it positive; undefined where there is no cursor. */
function distanceTo(view: ViewState, { column, row }: MouseEvent): number | undefined {
  const model = view.model();
  const isLog = view.page === undefined && view.ui.screen !== "failures" && view.ui.pane === "log";
  const theme = themeFor({ LANG: "C.UTF-8" });
  const rows = screenRows(model, theme);
  if (isLog && view.ui.overlay === undefined) {
    const width = logColumnsOf(layoutFor(model));
    const { lines } = logRows(model, theme, width, view.logHeight);
    const offsets = lines.flatMap(({ line, rows }) => rows.map(() => line.offset));
    const wanted = lines.findIndex(({ line }) => line.offset === offsets[row - firstLogRow(view)]);
    const at = lines.findIndex(({ line }) => line.offset === model.log?.cursor);
    return at === -1 || wanted === -1 ? undefined : wanted - at;
  }
  const cursor = rows.findIndex((cells) => isInverseAt(cells, column));
  return cursor === -1 || row < 2 || row >= rows.length - 1 ? undefined : row - cursor;
}

/** The row of the screen with the first line of the log; its title stands above it. */
function firstLogRow(view: ViewState): number {
  const layout = layoutFor(view.model());
  return layout.kind === "stacked" ? 3 + layout.stagesHeight : 3;
}

function isInverseAt(
  cells: readonly { text: string; inverse?: boolean }[],
  column: number,
): boolean {
  let start = 0;
  for (const { text, inverse } of cells) {
    const end = start + textWidth(text);
    if (column >= start && column < end) return inverse === true;
    start = end;
  }
  return false;
}
