// Invariant: every command of the manifest page has exactly one effect, written here.
import type { Action } from "../../control/actions.ts";
import type { ManifestCommandId } from "./keys.ts";

export const manifestActions: Readonly<Record<ManifestCommandId, Action>> = {};
