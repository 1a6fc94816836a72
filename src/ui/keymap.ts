// Invariant: the one table of keys: the key bar, the help and what a key does are all made from it.
// No key is used twice in a view, and none is Ctrl-B, Ctrl-S, Ctrl-Q or a function key.
import { consoleCommands, type ConsoleCommandId } from "./console-keys.ts";
import { dialogCommands, type DialogCommandId } from "./dialog-keys.ts";
import { failureCommands, type FailureCommandId } from "./failure-keys.ts";
import { logCommands, type LogCommandId } from "./log-keys.ts";
import type { ConsoleModel } from "./model.ts";
import { moveCommands, type MoveCommandId } from "./move-keys.ts";
import { buildsCommands, type BuildsCommandId } from "./pages/builds/keys.ts";
import { manifestCommands, type ManifestCommandId } from "./pages/manifest/keys.ts";
import { paletteCommands, type PaletteCommandId } from "./palette/keys.ts";
import { settingsCommands, type SettingsCommandId } from "./pages/settings/keys.ts";
import { typingCommands, type TypingCommandId } from "./typing-keys.ts";
import type { View } from "./views.ts";

export type CommandId =
  | MoveCommandId
  | LogCommandId
  | FailureCommandId
  | ManifestCommandId
  | SettingsCommandId
  | BuildsCommandId
  | ConsoleCommandId
  | PaletteCommandId
  | DialogCommandId
  | TypingCommandId;

export interface Command {
  readonly id: CommandId;
  /** Names as `keyNames` makes them. */
  readonly keys: readonly string[];
  /** One or two words for the key bar. */
  readonly label: (model: ConsoleModel) => string;
  /** One sentence for the help. */
  readonly description: string;
  readonly views: readonly View[];
  /** Place in the key bar, 1 first; without one it is in the help only. */
  readonly bar?: number;
  /** False where the key works, but the key bar has no need of it. */
  readonly isOffered?: (model: ConsoleModel) => boolean;
  /** Why it can do nothing now. */
  readonly disabled?: (model: ConsoleModel) => string | undefined;
}

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
