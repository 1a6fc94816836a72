// Invariant: the part of the table of keys that is about the manifest page; see keymap.ts.
import type { Command } from "../../keymap.ts";

export type ManifestCommandId = never;

export const manifestCommands: readonly Command[] = [];
