// Invariant: the names of the pages, and what one frame shows of each.
import type { BuildsView } from "./builds/view.ts";
import type { ManifestView } from "./manifest/view.ts";
import type { SettingsView } from "./settings/view.ts";

export type PageName = "manifest" | "settings" | "builds";

/** What one frame shows of a page, as plain data. */
export type PageView = ManifestView | SettingsView | BuildsView;
