// Invariant: pure; every command that any screen has is listed once, and what cannot be done now
// says why.
import { baseView, commandsOf, keymapOf } from "../keymap.ts";
import { shownKey } from "../key-names.ts";
import type { Command, ConsoleModel } from "../model.ts";
import { moveCommands } from "../move-keys.ts";
import { screens, type View } from "../views.ts";

const moves = new Set(moveCommands.map(({ id }) => id));

/** One action of the list. */
export interface PaletteEntry {
  readonly command: Command;
  /** As on screen, `^C ↵`. */
  readonly keys: string;
  /** Why it can do nothing now. */
  readonly reason: string | undefined;
}

/** The actions that fit what was typed: those that can be done first. */
export function paletteEntries(model: ConsoleModel, text: string): readonly PaletteEntry[] {
  const here = commandsOf(baseView(model), keymapOf(model));
  const known = new Set(here.map(({ id }) => id));
  const elsewhere = keymapOf(model).filter(({ id, views }) => {
    if (known.has(id) || !views.some(isScreen)) return false;
    known.add(id);
    return true;
  });
  const entries = [
    ...here.map((command) => entry(command, command.disabled?.(model))),
    ...elsewhere.map((command) =>
      entry(command, `only in: ${command.views.filter(isScreen).join(", ")}`),
    ),
  ].filter(({ command }) => command.id !== "palette");
  // Nobody looks for the arrow keys here.
  const isMove = ({ command }: PaletteEntry): boolean => moves.has(command.id);
  const usable = entries.filter(({ reason }) => reason === undefined);
  const ordered = [
    ...usable.filter((each) => !isMove(each)),
    ...usable.filter(isMove),
    ...entries.filter(({ reason }) => reason !== undefined),
  ];
  return found(ordered, text.trim().toLowerCase());
}

function entry(command: Command, reason: string | undefined): PaletteEntry {
  return { command, keys: command.keys.map(shownKey).join(" "), reason };
}

/** Those that hold every word, the ones named so first. */
function found(entries: readonly PaletteEntry[], text: string): readonly PaletteEntry[] {
  if (text === "") return entries;
  const words = text.split(/\s+/);
  return entries
    .filter(({ command: { id, description }, keys }) => {
      const all = `${id} ${description} ${keys}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .toSorted((a, b) => rank(a, text) - rank(b, text));
}

function rank({ command, keys, reason }: PaletteEntry, text: string): number {
  const isNamedSo = command.id.startsWith(text.replaceAll(" ", "-")) || keys.toLowerCase() === text;
  return (isNamedSo ? 0 : 2) + (reason === undefined ? 0 : 1);
}

function isScreen(view: View): boolean {
  return screens.some((each) => each === view);
}
