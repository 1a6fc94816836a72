// Invariant: pure; the list of all actions fills exactly the room given, and the whole sentence of
// the chosen one stands under it.
import type { ConsoleModel } from "../model.ts";
import { cell, fit, inverted, shorten, spread, tall, type Row } from "../present/cells.ts";
import { beyond, withMoreMarks } from "../present/more-marks.ts";
import { wrapped } from "../present/wrapped.ts";
import type { Theme } from "../theme.ts";
import { paletteEntries, type PaletteEntry } from "./entries.ts";

const wideKeys = 15;
const narrowKeys = 6;

/** The list with what was typed above it, in `height` rows of `width` cells. */
export function paletteScreen(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
  overlay: { readonly text: string; readonly selected: number },
): readonly Row[] {
  const entries = paletteEntries(model, overlay.text);
  const { ellipsis } = theme.marks;
  const chosen = entries[overlay.selected];
  const foot = height < 8 ? [] : footRows(chosen, theme, width);
  const room = Math.max(0, height - 1 - foot.length);
  const top = Math.max(0, Math.min(overlay.selected - Math.floor(room / 2), entries.length - room));
  const rows = entries.slice(top, top + room).map((entry, index) => {
    const row = entryRow(entry, theme, width);
    return top + index === overlay.selected ? inverted(row) : row;
  });
  const count =
    entries.length === 0 ? "no action fits" : `${overlay.selected + 1}/${entries.length}`;
  const typed = [
    cell(" :", "key"),
    cell(overlay.text, "strong"),
    { text: " ", tone: "plain", inverse: true } as const,
    ...(overlay.text === "" ? [cell("  type to find an action", "dim")] : []),
  ];
  return [
    spread(typed, [cell(` ${count} `, "dim")], width, ellipsis),
    ...tall(withMoreMarks(rows, beyond(top, rows.length, entries.length), width, theme), room),
    ...foot,
  ];
}

function entryRow({ command, keys, reason }: PaletteEntry, theme: Theme, width: number): Row {
  const { ellipsis } = theme.marks;
  const isOff = reason !== undefined;
  const keysWidth = width < 40 ? narrowKeys : wideKeys;
  const shown = shorten(keys, keysWidth - 1, ellipsis).padEnd(keysWidth);
  const left = [
    cell(` ${shown}`, isOff ? "dim" : "key"),
    cell(command.description.replace(/\.$/, ""), isOff ? "dim" : "plain"),
  ];
  return spread(left, isOff ? [cell(` not now: ${reason} `, "dim")] : [], width, ellipsis);
}

/** A line and the sentence of the chosen action, why it is off among it. */
function footRows(chosen: PaletteEntry | undefined, theme: Theme, width: number): readonly Row[] {
  const { horizontal, ellipsis } = theme.marks;
  const words =
    chosen === undefined
      ? "Nothing is called so. Backspace takes back a character, Esc leaves."
      : chosen.reason === undefined
        ? chosen.command.description
        : `${chosen.command.description} Not now: ${chosen.reason}.`;
  const lines = tall(
    wrapped(words, Math.max(1, width - 2)).map((line): Row => [cell(` ${line}`)]),
    2,
  );
  return [
    [cell(horizontal.repeat(width), "border")],
    ...lines.map((line) => fit(line, width, ellipsis)),
  ];
}
