// Invariant: the one table of keys: the key bar, the help and what a key does are all made from it.
// No key is used twice in a view, and none is Ctrl-B, Ctrl-S, Ctrl-Q or a function key.
import type { CommandId } from "./command-ids.ts";
import { consoleCommands } from "./console-keys.ts";
import { dialogCommands } from "./dialog-keys.ts";
import { failureCommands } from "./failure-keys.ts";
import { logCommands } from "./log-keys.ts";
import type { Command, ConsoleModel } from "./model.ts";
import { moveCommands } from "./move-keys.ts";
import { buildsCommands } from "./pages/builds/keys.ts";
import { manifestCommands } from "./pages/manifest/keys.ts";
import { paletteCommands } from "./palette/keys.ts";
import { settingsCommands } from "./pages/settings/keys.ts";
import { typingCommands } from "./typing-keys.ts";
import type { View } from "./views.ts";

export const commands: readonly Command[] = [
  ...moveCommands,
  ...logCommands,
  ...failureCommands,
  ...manifestCommands,
  ...settingsCommands,
  ...buildsCommands,
  ...consoleCommands,
  ...paletteCommands,
  ...dialogCommands,
  ...typingCommands,
];

/** The table that holds now: with the person's own keys. */
export function keymapOf({ keymap }: Pick<ConsoleModel, "keymap">): readonly Command[] {
  return keymap ?? commands;
}

/** The view that reads keys now. */
export function viewOf(model: ConsoleModel): View {
  const { overlay } = model.ui;
  if (overlay === undefined) return baseView(model);
  return overlay.kind === "help" && overlay.typing ? "help-filter" : overlay.kind;
}

/** The view under an overlay. */
export function baseView({ build, page, ui }: ConsoleModel): View {
  if (page !== undefined) return page.keys;
  return build === undefined ? "start" : ui.screen;
}

/** The commands of a view, in the order of the table. */
export function commandsOf(view: View, table = commands): readonly Command[] {
  return table.filter(({ views }) => views.includes(view));
}

/** The command that a key stands for in a view. */
export function commandFor(view: View, key: string, table = commands): Command | undefined {
  return commandsOf(view, table).find(({ keys }) => keys.includes(key));
}

/** A key that several commands of one view share. */
export interface KeyConflict {
  readonly key: string;
  readonly view: View;
  readonly ids: readonly CommandId[];
}

/** Every conflict of a table; empty when it is right. */
export function keyConflicts(table = commands): readonly KeyConflict[] {
  const seen = new Map<string, CommandId>();
  const conflicts: KeyConflict[] = [];
  for (const { id, keys, views } of table) {
    for (const view of views) {
      for (const key of keys) {
        const place = `${key} in ${view}`;
        const other = seen.get(place);
        if (other !== undefined) conflicts.push({ key, view, ids: [other, id] });
        seen.set(place, id);
      }
    }
  }
  return conflicts;
}
