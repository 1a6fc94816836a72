// Invariant: the part of the table of keys that is about the builds page; see keymap.ts.
import type { Command } from "../../keymap.ts";

export type BuildsCommandId = never;

export const buildsCommands: readonly Command[] = [];
