// Invariant: pure; the rows of a whole screen are exactly as many as the terminal has, and none is
// wider than it.
import type { ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { pageDivider, pageRows } from "../pages/rows.ts";
import { paletteScreen } from "../palette/rows.ts";
import { cell, fit, tall, type Row } from "./cells.ts";
import { failureStrip, stripHeight } from "./failure-strip.ts";
import { tabRow } from "./tabs.ts";
import { failureRows, listWidth } from "./failures.ts";
import { headerRow } from "./header.ts";
import { helpScreen } from "./help.ts";
import { keyBar } from "./key-bar.ts";
import { layoutOf, type Layout } from "./layout.ts";
import { logListRows, logListWidth } from "./log-list.ts";
import { logRows } from "./log-rows.ts";
import { logTitle } from "./log-title.ts";
import { outcomeRow } from "./outcome.ts";
import { hasEstimateColumn, stageRows } from "./stage-rows.ts";
import type { TreeRoom } from "./stage-tree.ts";
import { startRows } from "./start.ts";
import { statusRows } from "./status-line.ts";
import { stopDialog } from "./stop-dialog.ts";

/** Rows under the body: what came of it, where there is something to say, and the keys. */
export function footerHeight(
  model: Pick<ConsoleModel, "build" | "ui" | "past" | "keymap">,
): number {
  return outcomeRow(model) === undefined ? 1 : 2;
}

/** Rows between the line under the header and the footer. */
export function bodyHeightOf(model: ConsoleModel): number {
  return model.size.rows - 2 - footerHeight(model);
}

type Placed = Pick<ConsoleModel, "build" | "ui" | "size" | "past">;

export function layoutFor(model: Placed): Layout {
  const footer = footerHeight(model) + stripHeight(model);
  const isLog = model.ui.screen === "log";
  return layoutOf(model.size, isLog, wantedRows(model), footer, logListWidth(model));
}

/** Rows that the stages, and the steps of those that run or were opened, would fill. */
function wantedRows({ build, ui }: Placed): number {
  const stages = build?.stages ?? [];
  const steps = stages.map(({ name, state, attempts }) =>
    ui.opened[name] === true ? (attempts.at(-1)?.trail?.length ?? 0) : state === "running" ? 4 : 0,
  );
  return steps.reduce((sum, count) => sum + count, stages.length);
}

/** Room for the stages and their steps. */
export function treeRoom(model: Placed): TreeRoom {
  const layout = layoutFor(model);
  switch (layout.kind) {
    case "columns":
      return { height: layout.bodyHeight, isWide: hasEstimateColumn(layout.stagesWidth) };
    case "stacked":
      return { height: layout.stagesHeight, isWide: hasEstimateColumn(layout.width) };
    case "line":
    case "log":
      return { height: 0, isWide: false };
  }
}

/** The whole screen for a model, from top to bottom. */
export function screenRows(model: ConsoleModel, theme: Theme): readonly Row[] {
  const { columns, rows } = model.size;
  const layout = layoutFor(model);
  const { overlay } = model.ui;
  // What somebody asked to see has the whole of a tiny screen.
  if (layout.kind === "line" && overlay?.kind === "palette") {
    return paletteScreen(model, theme, columns, rows, overlay);
  }
  if (layout.kind === "line" && overlay?.kind === "help") {
    return helpScreen(model, theme, columns, rows, overlay);
  }
  if (layout.kind === "line") return tall(statusRows(model, theme, columns), rows);
  const outcome = outcomeRow(model);
  const strip = isFullBody(model) ? [] : failureStrip(model, theme, columns);
  return [
    headerRow(model, theme, columns),
    tabRow(model, theme, dividerOf(layout, model)),
    ...bodyRows(model, theme, layout),
    ...strip,
    ...(outcome === undefined ? [] : [fit(outcome, columns, theme.marks.ellipsis)]),
    keyBar(model, columns),
  ];
}

/** The cell at which the line under the header meets the one between two panes. */
function dividerOf(layout: Layout, model: ConsoleModel): number | undefined {
  const { columns } = model.size;
  if (model.page !== undefined) {
    return model.ui.overlay === undefined ? pageDivider(model.page, columns) : undefined;
  }
  if (isFullBody(model)) return undefined;
  if (model.ui.screen === "failures") return listWidth(columns);
  const list = logListWidth(model);
  if (list > 0) return list;
  return layout.kind === "columns" ? layout.stagesWidth : undefined;
}

/** The body is one piece: the help, a page, or what stands there before the first build. */
function isFullBody(model: ConsoleModel): boolean {
  const kind = model.ui.overlay?.kind;
  return (
    kind === "help" || kind === "palette" || model.page !== undefined || model.build === undefined
  );
}

function bodyRows(
  model: ConsoleModel,
  theme: Theme,
  layout: Exclude<Layout, { kind: "line" }>,
): readonly Row[] {
  const { columns } = model.size;
  const height = bodyHeightOf(model);
  const { overlay } = model.ui;
  if (overlay?.kind === "help") return helpScreen(model, theme, columns, height, overlay);
  if (overlay?.kind === "palette") return paletteScreen(model, theme, columns, height, overlay);
  if (model.page !== undefined) {
    if (overlay?.kind === "stop") return stopDialog(overlay.choice, model, theme, columns, height);
    return pageRows(model.page, theme, { columns, rows: height }, model.keymap).map((row) =>
      fit(row, columns, theme.marks.ellipsis),
    );
  }
  if (model.build === undefined) {
    return startRows(model, height).map((row) => fit(row, columns, theme.marks.ellipsis));
  }
  if (model.ui.screen === "failures") {
    if (overlay?.kind === "stop") return stopDialog(overlay.choice, model, theme, columns, height);
    return failureRows(model, theme, columns, height);
  }
  switch (layout.kind) {
    case "log": {
      const { listWidth: list, width, height: rows } = layout;
      const log = logPane(model, theme, width, rows);
      if (list === 0) return log;
      return beside(logListRows(model, theme, list, rows), log, list, theme);
    }
    case "stacked":
      if (overlay?.kind === "stop") {
        return stopDialog(overlay.choice, model, theme, columns, height - stripHeight(model));
      }
      return [
        ...stagePane(model, theme, layout.width, layout.stagesHeight),
        ...logPane(model, theme, layout.width, layout.logHeight, true),
      ];
    case "columns":
      return beside(
        stagePane(model, theme, layout.stagesWidth, layout.bodyHeight),
        logPane(model, theme, layout.logWidth, layout.bodyHeight),
        layout.stagesWidth,
        theme,
      );
  }
}

/** Two panes of the same height with a line between them. */
function beside(
  left: readonly Row[],
  right: readonly Row[],
  leftWidth: number,
  { marks }: Theme,
): readonly Row[] {
  const divider = cell(marks.vertical, "border");
  return left.map((row, index) => [
    ...fit(row, leftWidth, marks.ellipsis),
    divider,
    ...(right[index] ?? []),
  ]);
}

function stagePane(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  return tall(stageRows(model, theme, width, height), height);
}

/** The title and the lines of the log, or the question that stands in their place. */
function logPane(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
  isUnder = false,
): readonly Row[] {
  const { overlay } = model.ui;
  if (overlay?.kind === "stop") return stopDialog(overlay.choice, model, theme, width, height);
  const { rows, lines } = logRows(model, theme, width, height - 1);
  const shown = lines.map(({ line }) => line);
  return tall([logTitle(model, shown, theme, width, isUnder), ...rows], height);
}
