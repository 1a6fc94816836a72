// Invariant: pure; what matters most of a field comes first, so a low terminal cuts the least.
import { cell, fit, inverted, type Row, shorten, type Tone } from "../../present/cells.ts";
import { beyond, withMoreMarks } from "../../present/more-marks.ts";
import { textWidth } from "../../text-width.ts";
import type { Theme } from "../../theme.ts";
import { editCells } from "./field-rows.ts";
import type { FieldDetail, SettingsView } from "./view.ts";
import { wrapped } from "./wrapped.ts";

/** What is known of the selected field, or what goes with what is typed or chosen. */
export function detailRows(
  view: SettingsView,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  const { detail, edit, choice, stale, isJustWritten } = view;
  if (detail === undefined) return [];
  if (edit !== undefined)
    return [...editRows(view, theme, width), ...facts(detail, width)].slice(0, height);
  if (choice !== undefined) {
    const about = shorten(detail.help, width - detail.label.length - 5, theme.marks.ellipsis);
    return [
      [cell(` ${detail.label}`, "strong"), cell(`  ${about}`, "dim")],
      ...choiceListRows(choice, theme, width, height - 1),
    ];
  }
  const written =
    isJustWritten && stale.length > 0 ? fact("Stale", stale.join(", "), width, "notice") : [];
  return [...written, ...facts(detail, width)].slice(0, height);
}

/** The values with what each does; the one at the cursor is in view. */
function choiceListRows(
  { choices, at }: NonNullable<SettingsView["choice"]>,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  const { cursor, ellipsis } = theme.marks;
  const names = choices.map(({ value }) => nameOf(value));
  const longest = Math.max(...names.map(textWidth));
  const from = Math.max(0, Math.min(at - height + 1, choices.length - height));
  const rows = choices.slice(from, from + height).map(({ meaning }, index): Row => {
    const isAt = from + index === at;
    const name = names[from + index] ?? "";
    const row = fit(
      [
        cell(` ${isAt ? cursor : " "} `, "accent"),
        cell(name + " ".repeat(longest - textWidth(name)), "strong"),
        cell(meaning === "" ? "" : `  ${meaning}`, "dim"),
      ],
      width,
      ellipsis,
    );
    return isAt ? inverted(row) : row;
  });
  return withMoreMarks(rows, beyond(from, rows.length, choices.length), width, theme);
}

function nameOf(value: string): string {
  return value === "" ? "(empty)" : value;
}

function editRows({ edit, detail }: SettingsView, theme: Theme, width: number): readonly Row[] {
  if (edit === undefined || detail === undefined) return [];
  const { reason, asks, suggestions, picked } = edit;
  const typedHere: readonly Row[] =
    asks === undefined
      ? []
      : [[cell(` ${asks}: `, "key"), ...editCells(edit, theme, width - asks.length - 4)]];
  const refused =
    reason === undefined ? [] : paragraph(`${theme.marks.problem} ${reason}`, "failed", width);
  return [...typedHere, ...refused, ...suggestionRows(suggestions, picked, theme, width)];
}

function suggestionRows(
  suggestions: readonly string[],
  picked: number,
  { marks }: Theme,
  width: number,
): readonly Row[] {
  if (suggestions.length === 0) return [];
  const row = [cell(" ↑↓ ".replace("↑↓", marks.cursor), "key")];
  let left = width - 4;
  for (const [index, text] of suggestions.entries()) {
    if (index < picked - 3) continue;
    const isAt = index === picked;
    if (textWidth(text) + 2 > left) break;
    left -= textWidth(text) + 2;
    row.push(isAt ? { text, tone: "strong", inverse: true } : cell(text), cell("  "));
  }
  return [row];
}

function paragraph(text: string, tone: Tone, width: number, indent = " "): readonly Row[] {
  return wrapped(text, width - indent.length - 1).map((line) => [cell(indent + line, tone)]);
}

const nameWidth = 10;

function fact(name: string, text: string, width: number, tone: Tone = "plain"): readonly Row[] {
  return wrapped(text, width - nameWidth - 2).map((line, index) => [
    cell(` ${(index === 0 ? name : "").padEnd(nameWidth)}`, "dim"),
    cell(line, tone),
  ]);
}

/** Default and place share a row where both fit. */
function whereRows(detail: FieldDetail, width: number): readonly Row[] {
  const { origin, flag } = detail;
  const from = flag === undefined ? origin : `${origin}; configure's flag ${flag} sets it, too`;
  if (detail.default === undefined) return origin === "" ? [] : fact("Set at", from, width);
  const byDefault = detail.default === "" ? "empty" : detail.default;
  if (origin === "") {
    const could = flag === undefined ? "" : `; configure's flag ${flag} can set it, too`;
    return fact("Default", `${byDefault} (nothing sets it)${could}`, width);
  }
  const half = Math.floor(width / 2);
  if (nameWidth + byDefault.length + 3 <= half && from.length + 10 <= width - half) {
    return [
      [
        cell(` ${"Default".padEnd(nameWidth)}`, "dim"),
        cell(byDefault.padEnd(half - nameWidth - 1)),
        cell("Set at ", "dim"),
        cell(from),
      ],
    ];
  }
  return [...fact("Default", byDefault, width), ...fact("Set at", from, width)];
}

function facts(detail: FieldDetail, width: number): readonly Row[] {
  const { label, type, remarks, help, value, forced, warnings, notes, stages, target } = detail;
  const { choices } = detail;
  const about = [type, ...remarks].join(", ");
  const isLong = textWidth(label) + textWidth(about) + 4 > width;
  return [
    [cell(` ${label}`, "strong"), ...(isLong ? [] : [cell(`  ${about}`, "dim")])],
    ...(isLong ? paragraph(about, "dim", width) : []),
    ...(forced === undefined ? [] : fact("Fixed", forced, width, "notice")),
    ...warnings.flatMap((warning) => paragraph(warning, "notice", width)),
    ...paragraph(help, "plain", width),
    ...value.flatMap((line, index) => fact(index === 0 ? "Value" : "", line, width, "accent")),
    ...choices.flatMap(({ value: each, meaning }) =>
      meaning === "" ? [] : fact(nameOf(each), meaning, width),
    ),
    ...whereRows(detail, width),
    ...(stages.length === 0 ? [] : fact("Rebuilds", stages.join(", "), width)),
    ...notes.flatMap((note) => paragraph(note, "dim", width)),
    ...(target === undefined ? [] : fact("Changes", target, width)),
  ];
}
