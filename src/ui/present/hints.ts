// Invariant: pure; a sentence that names keys names those that work on the screen it stands on, with
// the person's own keys.
import type { CommandId } from "../command-ids.ts";
import { commandsOf } from "../keymap.ts";
import { shownKey } from "../key-names.ts";
import type { Command, ConsoleModel } from "../model.ts";
import type { View } from "../views.ts";

/** A command and what to call it in a sentence. */
export type Hint = readonly [id: CommandId, words: string];

/** The first key of a command in a view, as on screen; undefined when it has none there. */
export function keyIn(view: View, id: CommandId, table?: readonly Command[]): string | undefined {
  const key = commandsOf(view, table).find((command) => command.id === id)?.keys[0];
  return key === undefined ? undefined : shownKey(key);
}

/** The keys of several commands in a view, `n N`; empty where none has one there. */
export function keysIn(view: View, ids: readonly CommandId[], table?: readonly Command[]): string {
  return ids.flatMap((id) => keyIn(view, id, table) ?? []).join(" ");
}

/** `  n N next, previous  Esc back`: keys and what they do, without commands that have no key here. */
export function keyWords(
  view: View,
  wanted: readonly (readonly [ids: readonly CommandId[], words: string])[],
  table?: readonly Command[],
): string {
  return wanted
    .flatMap(([ids, words]) => {
      const keys = keysIn(view, ids, table);
      return keys === "" ? [] : [`  ${keys} ${words}`];
    })
    .join("");
}

/** A sentence with `{command}` in it, each exchanged for the first key of that command in a view. */
export function withKeys(sentence: string, view: View, table?: readonly Command[]): string {
  return sentence.replace(/\{([a-z-]+)\}/g, (whole, id) => {
    const command = commandsOf(view, table).find((each) => each.id === id);
    if (command === undefined) return whole;
    const [key] = command.keys;
    return key === undefined ? `(${command.id})` : shownKey(key);
  });
}

/** `e: next problem, q: quit.`, without those that have no key on this screen. */
export function hintText(
  { ui, keymap }: Pick<ConsoleModel, "ui" | "keymap">,
  wanted: readonly Hint[],
): string {
  const hints = wanted.flatMap(([id, words]) => {
    const key = keyIn(ui.screen, id, keymap);
    return key === undefined ? [] : [`${key}: ${words}`];
  });
  return hints.length === 0 ? "" : `${hints.join(", ")}.`;
}
