// Invariant: every command of the settings page has exactly one effect, written here.
import type { Action } from "../../control/actions.ts";
import type { SettingsCommandId } from "./keys.ts";

export const settingsActions: Readonly<Record<SettingsCommandId, Action>> = {};
