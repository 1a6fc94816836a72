// Invariant: pure; the rows of a whole screen by part; together they are exactly as tall as the
// terminal and none is wider.
import type { ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, fit, tall, type Row } from "./cells.ts";
import { headerRow } from "./header.ts";
import { helpScreen } from "./help.ts";
import { keyBar } from "./key-bar.ts";
import { layoutOf, type Layout } from "./layout.ts";
import { logRows, logTitle } from "./log-rows.ts";
import { outcomeRow } from "./outcome.ts";
import { stageRows } from "./stage-rows.ts";
import { startRows } from "./start.ts";
import { statusLine } from "./status-line.ts";
import { stopDialog } from "./stop-dialog.ts";

/** A part of the screen. The text of a log is kept apart: it goes to the terminal by another way. */
export interface Pane {
  readonly rows: readonly Row[];
  readonly width: number;
  readonly height: number;
  readonly isLog?: boolean;
}

/** Panes side by side, or a single one. */
export type Band = readonly Pane[];

/** The screen from top to bottom. */
export interface Screen {
  readonly bands: readonly Band[];
  /** A thin line stands between the panes of a band. */
  readonly divider: string;
}

/** Rows under the body: what came of it, where there is something to say, and the keys. */
export function footerHeight(model: Pick<ConsoleModel, "build" | "ui">): number {
  return outcomeRow(model) === undefined ? 1 : 2;
}

/** Rows between the line under the header and the footer. */
export function bodyHeightOf(model: ConsoleModel): number {
  return model.size.rows - 2 - footerHeight(model);
}

export function layoutFor(model: ConsoleModel): Layout {
  const stages = model.build?.stages.length ?? 0;
  return layoutOf(model.size, model.ui.wide, stages, footerHeight(model));
}

/** The whole screen for a model. */
export function screenOf(model: ConsoleModel, theme: Theme): Screen {
  const { columns, rows } = model.size;
  const { marks } = theme;
  const layout = layoutFor(model);
  const divider = marks.vertical;
  if (layout.kind === "line") {
    return { divider, bands: [[pane(tall([statusLine(model, theme, columns)], rows), columns)]] };
  }
  const header = pane([headerRow(model, theme, columns), ruleRow(layout, model, theme)], columns);
  const outcome = outcomeRow(model);
  const keys = keyBar(model, columns);
  const footerRows = outcome === undefined ? [keys] : [fit(outcome, columns, marks.ellipsis), keys];
  return {
    divider,
    bands: [[header], ...bodyBands(model, theme, layout), [pane(footerRows, columns)]],
  };
}

function pane(rows: readonly Row[], width: number): Pane {
  return { rows, width, height: rows.length };
}

function logPane(rows: readonly Row[], width: number, height: number): Pane {
  return { rows: tall(rows, height), width, height, isLog: true };
}

/** The line under the header; it meets the line between the panes. */
function ruleRow(layout: Layout, model: ConsoleModel, theme: Theme): Row {
  const { horizontal, teeDown } = theme.marks;
  const { columns } = model.size;
  if (layout.kind !== "columns" || isFullBody(model)) {
    return [cell(horizontal.repeat(columns), "border")];
  }
  const before = horizontal.repeat(layout.stagesWidth);
  const after = horizontal.repeat(layout.logWidth);
  return [cell(before + teeDown + after, "border")];
}

/** The body is one piece: the help, or what stands there before the first build. */
function isFullBody(model: ConsoleModel): boolean {
  return model.ui.overlay?.kind === "help" || model.build === undefined;
}

function bodyBands(
  model: ConsoleModel,
  theme: Theme,
  layout: Exclude<Layout, { kind: "line" }>,
): readonly Band[] {
  const { columns } = model.size;
  const height = bodyHeightOf(model);
  const { overlay } = model.ui;
  if (overlay?.kind === "help") {
    return [[pane(helpScreen(model, theme, columns, height, overlay.top), columns)]];
  }
  if (model.build === undefined) return [[pane(startRows(model, height), columns)]];
  switch (layout.kind) {
    case "log":
      return logBands(model, theme, layout.width, layout.height);
    case "stacked":
      return [
        [pane(stagePane(model, theme, layout.width, layout.stagesHeight), layout.width)],
        ...logBands(model, theme, layout.width, layout.logHeight),
      ];
    case "columns": {
      const stages = stagePane(model, theme, layout.stagesWidth, layout.bodyHeight);
      const [head, body] = logParts(model, theme, layout.logWidth, layout.bodyHeight);
      if (body === undefined) return [[pane(stages, layout.stagesWidth), head]];
      return [
        [pane(stages.slice(0, 1), layout.stagesWidth), head],
        [pane(stages.slice(1), layout.stagesWidth), body],
      ];
    }
  }
}

function stagePane(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  return tall(stageRows(model, theme, width, height), height);
}

function logBands(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
): readonly Band[] {
  return logParts(model, theme, width, height).flatMap((part) =>
    part === undefined ? [] : [[part]],
  );
}

/** The title and the lines of the log, or the question that stands in their place. */
function logParts(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
): readonly [Pane, Pane | undefined] {
  const { overlay } = model.ui;
  if (overlay?.kind === "stop") {
    return [pane(stopDialog(overlay.choice, model, theme, width, height), width), undefined];
  }
  return [
    pane([logTitle(model, theme, width)], width),
    logPane(logRows(model, theme, width), width, height - 1),
  ];
}
