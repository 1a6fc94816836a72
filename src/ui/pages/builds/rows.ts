// Invariant: pure; the rows of the builds page fill exactly the room they are given.
import { cell, fit, tall, type Row } from "../../present/cells.ts";
import { beyond, withMoreMarks } from "../../present/more-marks.ts";
import { themeFor, type Theme } from "../../theme.ts";
import type { PageSize } from "../page.ts";
import { compareRows } from "./compare-rows.ts";
import { detailRows } from "./detail-rows.ts";
import { imageRows } from "./image-rows.ts";
import { listHeight, listRows } from "./list-rows.ts";
import type { BuildsView, CompareView, ImageView, ListView } from "./view.ts";

/** Below this the chosen build stands under the list. */
const twoColumns = 76;

/** The body of the screen while the page is on it. */
export function buildsRows(view: BuildsView, theme: Theme, size: PageSize): readonly Row[] {
  switch (view.keys) {
    case "builds":
      return view.count === 0 ? emptyRows(view, theme, size) : bothPanes(view, theme, size);
    case "builds-image":
    case "builds-compare":
      return scrolled(view, theme, size);
  }
}

/** Builds on screen at once. */
export function listRoom({ columns, rows }: PageSize): number {
  return listHeight(columns < twoColumns ? stackedHeight(rows) : rows);
}

/** Lines of a screen of lines that are scrolled: its title stays. */
export function detailRoom({ rows }: PageSize): number {
  return Math.max(1, rows - 1);
}

/** How far a screen of lines can be scrolled. */
export function lastTop(view: ImageView | CompareView, size: PageSize): number {
  // Colours and glyphs make no difference to how many lines there are.
  return Math.max(0, linesOf(view, themeFor({}), size.columns).length - size.rows);
}

function linesOf(view: ImageView | CompareView, theme: Theme, columns: number): readonly Row[] {
  return view.keys === "builds-image"
    ? imageRows(view, theme, columns)
    : compareRows(view, theme, columns);
}

function scrolled(
  view: ImageView | CompareView,
  theme: Theme,
  { columns, rows }: PageSize,
): readonly Row[] {
  // Which build it is stays to be seen.
  const [title = [], ...lines] = linesOf(view, theme, columns);
  const room = detailRoom({ columns, rows });
  const top = Math.min(view.top, Math.max(0, lines.length - room));
  const shown = lines.slice(top, top + room);
  const marked = withMoreMarks(shown, beyond(top, shown.length, lines.length), columns, theme);
  return tall([title, ...marked], rows);
}

function emptyRows({ isReading }: ListView, { marks }: Theme, { rows }: PageSize): readonly Row[] {
  if (isReading) return tall([[], [cell(`   Reading the builds ${marks.ellipsis}`, "dim")]], rows);
  return tall(
    [
      [],
      [cell("   Nothing has been built here yet.", "strong")],
      [],
      [cell("   1", "key"), cell("  to the build screen; b there builds")],
    ],
    rows,
  );
}

function bothPanes(view: ListView, theme: Theme, { columns, rows }: PageSize): readonly Row[] {
  const build = view.builds[view.chosen - view.top];
  if (columns < twoColumns) {
    const height = stackedHeight(rows);
    const list = listRows(view, theme, columns, height);
    if (build === undefined || height === rows) return tall(list, rows);
    const rule: Row = [cell(theme.marks.horizontal.repeat(columns), "border")];
    return [...list, rule, ...detailRows(build, view, theme, columns, rows - height - 1)];
  }
  const left = listWidth(columns);
  const list = tall(listRows(view, theme, left, rows), rows);
  const width = columns - left - 1;
  const detail = build === undefined ? [] : detailRows(build, view, theme, width, rows);
  const divider = cell(theme.marks.vertical, "border");
  return list.map((row, index) => [
    ...fit(row, left, theme.marks.ellipsis),
    divider,
    ...(detail[index] ?? []),
  ]);
}

/** Where the line between the two panes is, while there are two. */
export function buildsDivider(view: BuildsView, columns: number): number | undefined {
  const hasTwo = view.keys === "builds" && view.count > 0 && columns >= twoColumns;
  return hasTwo ? listWidth(columns) : undefined;
}

/** Cells of the list beside the chosen build. */
function listWidth(columns: number): number {
  return Math.min(78, Math.max(38, Math.floor(columns * 0.46)));
}

function stackedHeight(rows: number): number {
  return rows < 14 ? rows : Math.max(5, Math.floor(rows * 0.4));
}
