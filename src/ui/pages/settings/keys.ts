// Invariant: the part of the table of keys that is about the settings page; see keymap.ts.
import type { Command } from "../../keymap.ts";

export type SettingsCommandId = never;

export const settingsCommands: readonly Command[] = [];
