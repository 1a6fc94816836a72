// Invariant: pure; lists exactly the keys of the view that it was opened in, from the keymap.
import { baseView, commandsOf } from "../keymap.ts";
import { shownKey } from "../key-names.ts";
import type { ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, fit, shorten, tall, type Row } from "./cells.ts";

const keysWidth = 18;

/** All rows of the help, whatever the height of the screen. */
export function helpRows(model: ConsoleModel, theme: Theme, width: number): readonly Row[] {
  return commandsOf(baseView(model)).map((command) => {
    const keys = command.keys.map(shownKey).join(" ");
    const reason = command.disabled?.(model);
    const text =
      reason === undefined ? command.description : `${command.description} (Now: ${reason}.)`;
    const room = Math.max(0, width - keysWidth - 2);
    return [
      cell(`  ${keys.padEnd(keysWidth)}`, reason === undefined ? "key" : "dim"),
      cell(shorten(text, room, theme.marks.ellipsis), reason === undefined ? "plain" : "dim"),
    ];
  });
}

/** How far the help can be scrolled down. */
export function lastHelpTop(model: ConsoleModel, height: number): number {
  return Math.max(0, commandsOf(baseView(model)).length - (height - 1));
}

/** The help from row `top` on, with its title, in `height` rows. */
export function helpScreen(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
  top: number,
): readonly Row[] {
  const rows = helpRows(model, theme, width);
  const visible = rows.slice(top, top + height - 1);
  const isAll = visible.length === rows.length;
  const place = isAll ? "" : `  ${top + 1}-${top + visible.length} of ${rows.length}, j k scroll`;
  const title = fit([cell(" Keys", "strong"), cell(place, "dim")], width, theme.marks.ellipsis);
  return tall([title, ...visible], height);
}
