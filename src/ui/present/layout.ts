// Invariant: pure; the parts of a layout never overlap and together fill exactly the screen.
import type { Size } from "../model.ts";

/** How the screen is divided. Sizes in cells and rows. */
export type Layout =
  | { readonly kind: "line" }
  | {
      readonly kind: "columns";
      readonly stagesWidth: number;
      readonly logWidth: number;
      readonly bodyHeight: number;
    }
  | {
      readonly kind: "stacked";
      readonly width: number;
      readonly stagesHeight: number;
      readonly logHeight: number;
    }
  | {
      readonly kind: "log";
      /** Of the list of problems beside the log; 0 where there is none. */
      readonly listWidth: number;
      readonly width: number;
      readonly height: number;
    };

/** Below this the panes stand one above the other. */
const twoColumns = 60;

/**
 * The layout of a screen.
 *
 * @param wide the log was asked to have the whole width
 * @param stages rows that the stages and their steps would fill
 * @param footer rows under the body: the key bar, the line above it when there is something to say,
 *   the problems
 * @param list cells for the list of problems beside a log that has the whole width
 */
export function layoutOf(
  size: Size,
  wide: boolean,
  stages: number,
  footer: number,
  list = 0,
): Layout {
  const { columns, rows } = size;
  if (rows < 8 || columns < 24) return { kind: "line" };
  // Above the body: the header and its line.
  const body = rows - 2 - footer;
  if (wide) {
    // One column between the panes.
    const width = list === 0 ? columns : columns - list - 1;
    return { kind: "log", listWidth: list, width, height: body };
  }
  if (columns >= twoColumns) {
    // Wide enough for the name of a stage and what is expected of it; the log has a screen of its own.
    const stagesWidth = Math.min(72, Math.max(34, Math.floor(columns * 0.4) + 6));
    // One column between the panes.
    return { kind: "columns", stagesWidth, logWidth: columns - stagesWidth - 1, bodyHeight: body };
  }
  const stagesHeight = Math.min(stages, Math.max(2, Math.floor(body * 0.45)));
  return { kind: "stacked", width: columns, stagesHeight, logHeight: body - stagesHeight };
}

/** Rows for lines of the log; its title takes one. */
export function logRowsOf(layout: Layout): number {
  switch (layout.kind) {
    case "line":
      return 1;
    case "columns":
      return layout.bodyHeight - 1;
    case "stacked":
      return layout.logHeight - 1;
    case "log":
      return layout.height - 1;
  }
}

/** Cells for the log, its gutter among them. */
export function logColumnsOf(layout: Layout): number {
  switch (layout.kind) {
    case "line":
      return 20;
    case "columns":
      return layout.logWidth;
    case "stacked":
    case "log":
      return layout.width;
  }
}
