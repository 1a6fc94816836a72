// Invariant: pure; the rows of the manifest page fill exactly the room they are given.
import { cell, fit, inverted, shorten, tall, type Cell, type Row } from "../../present/cells.ts";
import { wrapped } from "../../present/wrapped.ts";
import { withMoreMarks } from "../../present/more-marks.ts";
import { grouped } from "../../present/narrowed.ts";
import type { Theme } from "../../theme.ts";
import type { PageSize } from "../page.ts";
import { headRow, listRow } from "./list-rows.ts";
import { manifestLayout } from "./layout.ts";
import { countedWord, stateSign, stateTones } from "./state-marks.ts";
import type { DetailLine, ManifestView } from "./view.ts";

/** The body of the screen while the page is on it. */
export function manifestRows(view: ManifestView, theme: Theme, size: PageSize): readonly Row[] {
  const layout = manifestLayout(size, view);
  const { listWidth, listHeight, detailWidth, detailHeight } = layout;
  const top: Row[] = [
    summaryRow(view, theme, size.columns),
    ...(layout.hasNote ? [[cell(` ${view.note ?? ""}`, "notice")]] : []),
  ];
  const list = [
    ...(layout.hasHead ? [headRow(view.panel, listWidth)] : []),
    ...tall(listRows(view, theme, listWidth), listHeight),
  ];
  const detail = (): readonly Row[] =>
    tall(detailRows(view.detail, theme, detailWidth), detailHeight);
  switch (layout.detail) {
    case "none":
      return tall([...top, ...list], size.rows);
    case "all":
      return tall([...top, ...detail()], size.rows);
    case "below": {
      const rule: Row = [cell(theme.marks.horizontal.repeat(size.columns), "border")];
      return tall([...top, ...list, rule, ...detail()], size.rows);
    }
    case "right": {
      const right = detail();
      const divider = cell(theme.marks.vertical, "border");
      const body = list.map((row, index) => [
        ...fit(row, listWidth, theme.marks.ellipsis),
        divider,
        ...(right[index] ?? []),
      ]);
      return tall([...top, ...body], size.rows);
    }
  }
}

/** What is shown, of how much, and what is wrong with it. */
function summaryRow(view: ManifestView, theme: Theme, width: number): Row {
  const { entries, matching, filter, states, isBusy, panel, title, place } = view;
  const asNow = view.isPast
    ? [cell("  the tree as it is now, not that of the build", "notice")]
    : [];
  if (panel !== "entries" && panel !== "detail") {
    const at = place.of === 0 ? "" : `  ${grouped(place.at)} of ${grouped(place.of)}`;
    return [cell(` ${title}`, "strong"), cell(at, "dim"), ...asNow];
  }
  const row: Cell[] = [];
  if (filter !== undefined) {
    row.push(cell(" /", "key"), cell(filter.text, "strong"));
    if (filter.isTyping) row.push({ text: " ", tone: "plain", inverse: true });
  }
  const total = entries === undefined ? "" : grouped(entries);
  if (matching !== undefined) row.push(cell(`  ${grouped(matching)} of ${total}`, "strong"));
  else if (entries !== undefined)
    row.push(cell(`${row.length > 0 ? " " : ""} ${total} entries`, "strong"));
  row.push(...asNow);
  if (isBusy) row.push(cell(entries === undefined ? " Reading …" : "  looking for files …", "dim"));
  if (filter !== undefined && filter.hint !== "") {
    row.push(cell(`  ${filter.hint}`, "dim"));
    return row;
  }
  let room = width - row.reduce((sum, { text }) => sum + text.length, 0);
  // They are those of all entries, so they do not stand beside how many fit a filter.
  for (const [state, count] of matching === undefined ? states : []) {
    const words = ` ${grouped(count)} ${countedWord(state, count)}`;
    room -= words.length + 4;
    if (room < 0) break;
    row.push(cell("   "), cell(stateSign(state, theme), stateTones[state]), cell(words, "dim"));
  }
  return row;
}

function listRows(view: ManifestView, theme: Theme, width: number): readonly Row[] {
  if (view.rows.length === 0) return emptyRows(view.empty, width);
  const rows = view.rows.map((row, index) => {
    const made = fit(listRow(row, theme, width), width, theme.marks.ellipsis);
    return index === view.cursor ? inverted(made) : made;
  });
  return withMoreMarks(rows, view.beyond, width, theme);
}

function emptyRows(text: string, width: number): readonly Row[] {
  return [[], ...wrapped(text, width - 2).map((line) => [cell(` ${line}`, "dim")])];
}

/** Long lines go on below themselves, broken at blanks or after a slash. */
function detailRows(lines: readonly DetailLine[], theme: Theme, width: number): readonly Row[] {
  return lines.flatMap(({ text, tone, indent }) => {
    const label = text.slice(0, indent);
    const room = Math.max(8, width - indent - 2);
    const pieces = broken(text.slice(indent), room);
    return pieces.map((piece, index): Row => [
      cell(` ${index === 0 ? label : " ".repeat(indent)}`, "dim"),
      cell(shorten(piece, room, theme.marks.ellipsis), tone),
    ]);
  });
}

/** `wrapped`, but a path that is too long is broken, too. */
function broken(text: string, width: number): readonly string[] {
  const words = text.split(" ").flatMap((word) => {
    const parts: string[] = [];
    for (let at = 0; at < word.length; at += width) parts.push(word.slice(at, at + width));
    return parts.length === 0 ? [""] : parts;
  });
  return wrapped(words.join(" "), width);
}
