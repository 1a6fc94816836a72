// Invariant: pure; the rows of the settings page fill exactly the room they are given.
import type { Command } from "../../model.ts";
import { cell, fit, spread, tall, type Cell, type Row } from "../../present/cells.ts";
import { withKeys } from "../../present/hints.ts";
import { withMoreMarks } from "../../present/more-marks.ts";
import type { Theme } from "../../theme.ts";
import type { PageSize } from "../page.ts";
import { detailRows } from "./detail-rows.ts";
import { diffRowCells } from "./diff-rows.ts";
import { formRow } from "./field-rows.ts";
import { leaveRows, listRows } from "./dialog-rows.ts";
import { settingsRoom } from "./room.ts";
import type { SettingsView } from "./view.ts";

/** The body of the screen while the page is on it. */
export function settingsRows(
  view: SettingsView,
  theme: Theme,
  size: PageSize,
  keymap?: readonly Command[],
): readonly Row[] {
  const { columns, rows } = size;
  const title = titleRow(view, theme, columns, keymap);
  if (view.wait !== undefined) return tall([title, [cell(` ${view.wait}`, "dim")]], rows);
  if (view.keys === "settings-leave") return tall([title, ...leaveRows(view, columns)], rows);
  if (view.diff !== undefined) {
    const lines = view.diff.rows.map((row) => diffRowCells(row));
    return tall([title, ...withMoreMarks(lines, view.diff, columns, theme)], rows);
  }
  if (view.list !== undefined) {
    return tall([title, ...listRows(view.list, theme, columns, rows - 1)], rows);
  }
  return tall([title, ...formAndDetail(view, theme, size)], rows);
}

function formAndDetail(view: SettingsView, theme: Theme, size: PageSize): readonly Row[] {
  const { isSide, listWidth, listHeight, detailWidth, detailHeight } = settingsRoom(size);
  const { marks } = theme;
  const list = tall(
    view.rows.length === 0
      ? nothingFound(view)
      : withMoreMarks(
          view.rows.map((row) => formRow(row, view, theme, listWidth)),
          view.beyond,
          listWidth,
          theme,
        ),
    listHeight,
  );
  const detail = tall(detailRows(view, theme, detailWidth, detailHeight), detailHeight);
  if (!isSide) return [...list, [cell(marks.horizontal.repeat(detailWidth), "border")], ...detail];
  return list.map((row, index) => [
    ...fit(row, listWidth, marks.ellipsis),
    cell(marks.vertical, "border"),
    ...(detail[index] ?? []),
  ]);
}

function nothingFound({ filter }: SettingsView): readonly Row[] {
  return [
    [cell(` No setting has ${JSON.stringify(filter ?? "")} in its name, value or help.`, "dim")],
  ];
}

/** What the page is about, and what is to be known before anything else. */
function titleRow(
  view: SettingsView,
  theme: Theme,
  width: number,
  keymap: readonly Command[] | undefined,
): Row {
  const { marks } = theme;
  const words = (row: Row): Row =>
    row.map((each) => ({ ...each, text: withKeys(each.text, "settings", keymap) }));
  return spread(words(titleLeft(view)), words(titleRight(view)), width, marks.ellipsis);
}

function titleLeft(view: SettingsView): Row {
  const { filter, keys, found } = view;
  if (view.diff !== undefined) {
    const { above, below } = view.diff;
    const more = above + below === 0 ? "" : `, ${below === 0 ? "end" : `${below} more lines`}`;
    return [cell(" What would be written", "strong"), cell(more, "dim")];
  }
  const isForm = view.list === undefined && keys !== "settings-leave";
  if (isForm && (keys === "settings-filter" || filter !== undefined)) {
    const cursor: Cell[] =
      keys === "settings-filter" ? [{ text: " ", tone: "plain", inverse: true }] : [];
    const count = `${found} ${found === 1 ? "setting" : "settings"}`;
    const how = keys === "settings-filter" ? "" : ", {back} shows all";
    return [
      cell(" /", "key"),
      cell(filter ?? "", "strong"),
      ...cursor,
      cell(`  ${count}${how}`, "dim"),
    ];
  }
  if (view.hint !== undefined) return [cell(` ${view.hint}`, "notice")];
  const layout = view.layout === undefined ? "" : ` of this ${view.layout} tree`;
  return [cell(" Settings", "strong"), cell(layout, "dim")];
}

function titleRight({ changes, conflicts, isRunning, keys, hint, stale }: SettingsView): Row {
  const [conflict] = conflicts;
  if (conflict !== undefined) {
    return [cell(`${conflict} changed on disk; {settings-reload} reads it `, "failed")];
  }
  if (changes > 0 && keys !== "settings-leave") {
    return [cell(`${changes} ${changes === 1 ? "file" : "files"} to write `, "notice")];
  }
  if (stale.length > 0) {
    const stages = stale.length === 1 ? "1 stage" : `${stale.length} stages`;
    return [cell(`${stages} to build again: {build} `, "notice")];
  }
  return isRunning && hint === undefined
    ? [cell("a build runs; changes count from the next ", "dim")]
    : [];
}
