// Invariant: every setting that a tree of a layout reads has exactly one entry here for that layout.
import type { Layout } from "../workspace/probes.ts";
import { classicSettings } from "./schema-classic.ts";
import { modernSettings } from "./schema-modern.ts";
import type { Setting, SettingStage } from "./setting.ts";

const byLayout: Readonly<Record<Layout, readonly Setting[]>> = {
  classic: classicSettings,
  modern: modernSettings,
};

/** Every known setting of a layout, in the order of its forms. */
export function settingsOf(layout: Layout): readonly Setting[] {
  return byLayout[layout];
}

/** A setting by name; undefined for a variable that no tree of this layout reads. */
export function settingNamed(layout: Layout, name: string): Setting | undefined {
  return byLayout[layout].find((setting) => setting.name === name);
}

/** The names of the settings that a stage reads; a change of one makes it stale. */
export function settingsReadBy(layout: Layout, stage: SettingStage): string[] {
  return byLayout[layout].filter(({ stages }) => stages.includes(stage)).map(({ name }) => name);
}
