// Invariant: pure; the columns of all rows of a list begin at the same cells, and a name is the first
// to be cut.
import { cell, fit, shorten, shortenStart, type Row } from "../../present/cells.ts";
import { grouped } from "../../present/narrowed.ts";
import { textWidth } from "../../text-width.ts";
import type { Theme } from "../../theme.ts";
import { shareText, sizeText } from "./size-text.ts";
import { stateSign, stateTones } from "./state-marks.ts";
import type {
  BuildRow,
  ChangeRow,
  EntryRow,
  ManifestPanel,
  ManifestRow,
  TotalRow,
} from "./view.ts";

/** Widths of the columns behind a path, each with the blank before it. */
interface Columns {
  readonly mode: number;
  readonly owner: number;
  readonly size: number;
  readonly component: number;
  /** Behind the last one, for the mark of a list that goes on. */
  readonly end: number;
}

/** What there is room for: beside the path, the size is what is wanted most. */
function columnsFor(width: number): Columns {
  if (width < 40) return { mode: 0, owner: 0, size: 0, component: 0, end: 0 };
  if (width < 60) return { mode: 0, owner: 0, size: 9, component: 0, end: 2 };
  return { mode: 5, owner: 13, size: 9, component: width < 100 ? 18 : 24, end: 0 };
}

/** What the columns are. */
export function headRow(panel: ManifestPanel, width: number): Row {
  if (panel === "totals") return [cell("        size    share   entries  component", "dim")];
  const { mode, owner, size, component, end } = columnsFor(width);
  const name = Math.max(0, width - 4 - mode - owner - size - component - end);
  const texts = [
    "    " + "path".padEnd(name),
    mode === 0 ? "" : " mode",
    owner === 0 ? "" : " owner".padEnd(owner),
    size === 0 ? "" : "size".padStart(size),
    component === 0 ? "" : "  component",
  ];
  return [cell(texts.join(""), "dim")];
}

/** Cells of a day and time. */
const whenWidth = "2026-11-23 10:15".length;

/** A row of whichever list is shown. */
export function listRow(row: ManifestRow, theme: Theme, width: number): Row {
  switch (row.kind) {
    case "entry":
      return entryRow(row, theme, width);
    case "total":
      return totalRow(row, theme, width);
    case "build":
      return buildRow(row);
    case "change":
      return changeRow(row, theme, width);
  }
}

function entryRow(row: EntryRow, theme: Theme, width: number): Row {
  const { text, depth, isOpen, type, state, below } = row;
  const columns = columnsFor(width);
  const room = Math.max(
    4,
    width - 4 - columns.mode - columns.owner - columns.size - columns.component - columns.end,
  );
  const indent = "  ".repeat(Math.min(depth, room >> 2));
  const [closed, open] = theme.ascii ? ["+", "-"] : ["▸", "▾"];
  const fold = isOpen === undefined ? " " : isOpen ? open : closed;
  const isFolder = type === "d";
  const count = isOpen === false ? `  ${grouped(below)}` : "";
  const left = room - indent.length - count.length;
  const name = isFolder ? `${text}/` : text;
  // Of a path in a flat list the end says more than the beginning.
  const { ellipsis } = theme.marks;
  const shown =
    depth === 0 && !isFolder ? shortenStart(name, left, ellipsis) : shorten(name, left, ellipsis);
  const padding = " ".repeat(Math.max(0, left - textWidth(shown)));
  return [
    cell(` ${stateSign(state, theme)}`, stateTones[state]),
    cell(`${indent}${fold} `, "dim"),
    cell(shown, isFolder ? "accent" : type === "f" ? "plain" : "dim"),
    cell(count + padding, "dim"),
    ...fixed(row.mode, columns.mode, theme),
    ...fixed(row.owner, columns.owner, theme),
    cell(columns.size === 0 ? "" : sizeOf(row).padStart(columns.size), isFolder ? "dim" : "plain"),
    ...fixed(componentText(row.component, columns.component, theme), columns.component, theme),
    cell(" ".repeat(columns.end)),
  ];
}

/** Of `illumos-extra/curl` the end says more than the beginning. */
function componentText(component: string, width: number, { marks }: Theme): string {
  return component === "" ? "" : ` ${shortenStart(component, width - 2, marks.ellipsis)}`;
}

function sizeOf({ size, type }: EntryRow): string {
  if (size === undefined) return type === "f" ? "?" : "";
  return sizeText(size);
}

/** A column of its width, its blank before it. */
function fixed(text: string, width: number, { marks }: Theme): Row {
  return width === 0 ? [] : [cell(" "), ...fit([cell(text, "dim")], width - 1, marks.ellipsis)];
}

const totalColumns = 36;

function totalRow(
  { name, bytes, entries, faults, share, bar }: TotalRow,
  theme: Theme,
  width: number,
): Row {
  if (width < 60) {
    return [
      cell(sizeText(bytes).padStart(9)),
      cell("  "),
      cell(name, faults === 0 ? "plain" : "notice"),
    ];
  }
  const mark = theme.ascii ? "#" : "■";
  const names = 20;
  const room = Math.max(0, Math.min(60, width - totalColumns - names - 16));
  const length = bar === 0 ? 0 : Math.max(1, Math.round(bar * room));
  return [
    cell(sizeText(bytes).padStart(12)),
    cell(shareText(share).padStart(9), "dim"),
    cell(grouped(entries).padStart(10), "dim"),
    cell("  "),
    ...fit([cell(name, "strong")], names, theme.marks.ellipsis),
    cell(room === 0 ? "" : `  ${mark.repeat(length)}`, "accent"),
    cell(faults === 0 ? "" : `  ${grouped(faults)} to look at`, "notice"),
  ];
}

function buildRow({ name, when, result, isNewest }: BuildRow): Row {
  const number = String(Number.parseInt(name, 10)).padStart(4);
  return [
    cell(`${number}  ${when.padEnd(whenWidth)}`),
    cell(`  ${result}`, "dim"),
    // What ships now is what it made, except for what was changed since.
    cell(isNewest ? "  the newest build" : "", "dim"),
  ];
}

const signs = {
  added: ["+", "succeeded"],
  removed: ["-", "failed"],
  changed: ["~", "notice"],
} as const;

function changeRow({ change, path, detail }: ChangeRow, { marks }: Theme, width: number): Row {
  const [sign, tone] = signs[change];
  const left = Math.max(20, Math.floor(width * 0.6) - 3);
  const shown = shortenStart(path, left, marks.ellipsis);
  return [
    cell(` ${sign} `, tone),
    cell(shown + " ".repeat(Math.max(0, left - textWidth(shown)))),
    cell(` ${detail}`, "dim"),
  ];
}
