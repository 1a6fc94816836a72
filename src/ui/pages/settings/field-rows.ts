// Invariant: pure; a row of the form is exactly as wide as asked for, its columns aligned.
import { textWidth } from "../../text-width.ts";
import {
  cell,
  type Cell,
  fit,
  inverted,
  type Row,
  shorten,
  type Tone,
} from "../../present/cells.ts";
import type { Theme } from "../../theme.ts";
import type { EditView, FormRow, SettingsView, ValueLook } from "./view.ts";

const tones: Readonly<Record<ValueLook, Tone>> = {
  set: "plain",
  default: "dim",
  unset: "dim",
  needed: "notice",
  computed: "accent",
  odd: "notice",
  remark: "dim",
};

/** Below this there is no room for where a value stands. */
const originFrom = 60;

/** A heading or a field of the form. */
export function formRow(row: FormRow, view: SettingsView, theme: Theme, width: number): Row {
  const { marks } = theme;
  if (row.kind === "heading") return fit([cell(` ${row.text}`, "strong")], width, marks.ellipsis);
  const { isSelected, isChanged, isOdd, isFixed } = row;
  const sign = isChanged ? "*" : isOdd ? "!" : isFixed ? "=" : " ";
  const labelWidth = Math.min(view.labelWidth, Math.max(10, Math.floor(width * 0.4)));
  const head: Row = [
    cell(isSelected ? marks.cursor : " ", "accent"),
    cell(`${sign} `, isOdd || isChanged ? "notice" : "dim"),
    cell(shorten(row.label, labelWidth, marks.ellipsis).padEnd(labelWidth), "plain"),
    cell("  "),
  ];
  const left = width - labelWidth - 5;
  if (isSelected && view.edit !== undefined) {
    return fit([...head, ...editCells(view.edit, theme, left)], width, marks.ellipsis);
  }
  const origin = width < originFrom ? "" : row.origin;
  const originWidth = origin === "" ? 0 : textWidth(origin) + 2;
  const valueWidth = Math.max(4, left - originWidth - 1);
  const value = shorten(row.shown, valueWidth, marks.ellipsis);
  const whole = fit(
    [
      ...head,
      cell(value, tones[row.look]),
      cell(" ".repeat(Math.max(0, left - originWidth - 1 - textWidth(value)))),
      ...(origin === "" ? [] : [cell(`  ${origin} `, "dim")]),
    ],
    width,
    marks.ellipsis,
  );
  return isSelected ? inverted(whole) : whole;
}

/** The text that is being typed, scrolled so that the cursor is in sight. */
export function editCells(edit: EditView, { ascii, marks }: Theme, width: number): Row {
  const { halves, isHidden } = edit;
  const dot = ascii ? "*" : "•";
  const characters = Array.from(edit.line.text, (character) => (isHidden ? dot : character));
  const other: Row =
    halves === undefined
      ? []
      : [cell(`${halves.names[halves.at === 0 ? 1 : 0]} ${halves.other || "(empty)"}`, "dim")];
  const name: Row = halves === undefined ? [] : [cell(`${halves.names[halves.at]} `, "key")];
  const otherWidth = other.reduce((sum, { text }) => sum + textWidth(text) + 3, 0);
  const nameWidth = name.reduce((sum, { text }) => sum + textWidth(text), 0);
  const room = Math.max(8, width - otherWidth - nameWidth - 1);
  const typedCells = windowAround(characters, edit.line.cursor, room, marks.ellipsis);
  return halves?.at === 1
    ? [...other, cell("   "), ...name, ...typedCells]
    : [...name, ...typedCells, cell("   "), ...other];
}

function windowAround(
  characters: readonly string[],
  cursor: number,
  room: number,
  ellipsis: string,
): readonly Cell[] {
  const from = cursor < room - 1 ? 0 : cursor - room + 2;
  const before = characters.slice(from + (from > 0 ? 1 : 0), cursor).join("");
  const at = characters[cursor] ?? " ";
  const after = characters.slice(cursor + 1, from + room).join("");
  return [
    ...(from > 0 ? [cell(ellipsis, "dim")] : []),
    cell(before, "strong"),
    { text: at, tone: "plain", inverse: true },
    cell(after, "strong"),
  ];
}
