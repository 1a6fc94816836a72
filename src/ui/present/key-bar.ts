// Invariant: pure; shows only keys that do something now, the most important first, none cut in two.
import { commandsOf, keymapOf, viewOf } from "../keymap.ts";
import { shownKey } from "../key-names.ts";
import type { Command, ConsoleModel } from "../model.ts";
import { cell, rowWidth, type Row } from "./cells.ts";

/** The last row of the screen. The key that shows all others has its place always. */
export function keyBar(model: ConsoleModel, width: number): Row {
  const shown = commandsOf(viewOf(model), keymapOf(model))
    // Without a key it is in the list of all actions only.
    .filter(({ keys }) => keys.length > 0)
    .filter((command) => command.isOffered?.(model) !== false)
    .filter((command) => command.bar !== undefined && command.disabled?.(model) === undefined)
    .toSorted((a, b) => (a.bar ?? 0) - (b.bar ?? 0));
  const help = shown.filter(({ id }) => id === "help").flatMap((each) => entry(each, model));
  const room = width - rowWidth(help);
  let row: Row = [cell(" ")];
  for (const command of shown.filter(({ id }) => id !== "help")) {
    const next = [...row, ...entry(command, model)];
    if (rowWidth(next) > room) break;
    row = next;
  }
  return [...row, ...help];
}

function entry(command: Command, model: ConsoleModel): Row {
  const first = command.keys[0] ?? "";
  const up = command.id === "down" ? firstKey(model, "up") : undefined;
  const keys = up === undefined ? shownKey(first) : `${shownKey(first)}/${shownKey(up)}`;
  return [cell(keys, "key"), cell(` ${command.label(model)}  `, "dim")];
}

/** The first key of a command in the view that reads keys now. */
function firstKey(model: ConsoleModel, id: Command["id"]): string | undefined {
  const found = commandsOf(viewOf(model), keymapOf(model)).find((command) => command.id === id);
  return found?.keys[0];
}
