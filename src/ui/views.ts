// Invariant: the names of all places where keys are read; each of them has its own keys.
import type { BuildsKeys } from "./pages/builds/view.ts";
import type { ManifestKeys } from "./pages/manifest/view.ts";
import type { SettingsKeys } from "./pages/settings/view.ts";

/** Where keys are read: each view has its own keys. */
export type View =
  | "start"
  | "build"
  | "log"
  | "failures"
  | ManifestKeys
  | SettingsKeys
  | BuildsKeys
  | "help"
  | "help-filter"
  | "palette"
  | "stop"
  | "prompt";

/** The screens that are pages, and what pages show without asking for text. */
export const pages = [
  "manifest",
  "settings",
  "builds",
  "builds-image",
  "builds-compare",
] as const satisfies readonly View[];

/** The views with the keys that every screen has. */
export const screens = [
  "start",
  "build",
  "log",
  "failures",
  ...pages,
] as const satisfies readonly View[];

/** Whether a screen is about the build that is open; pages are about the tree or about all builds. */
export function isAboutBuild(screen: string): boolean {
  return !pages.some((page) => page === screen);
}
