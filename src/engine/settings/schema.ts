// Invariant: every setting that a tree of a layout reads has exactly one entry here for that layout.
import type { Layout } from "../workspace/workspace.ts";
import { classicSettings } from "./schema-classic.ts";
import { modernSettings } from "./schema-modern.ts";

/** Names of stages that read settings. */
export type SettingStage =
  | "configure"
  | "preflight"
  | "strap"
  | "illumos"
  | "extra"
  | "src"
  | "local"
  | "tools"
  | "man"
  | "devpro"
  | "manifest"
  | "boot"
  | "checks"
  | "live";

export type SettingType =
  | "text"
  | "url"
  /** Shell commands. */
  | "command"
  /** Names separated by blanks. */
  | "list"
  /** Names separated by commas. */
  | "comma-list"
  | "choice"
  | "number"
  /** YYYYMMDDTHHMMSSZ, UTC. */
  | "stamp"
  /** Never shown or written where others can read it. */
  | "secret"
  /** The code of the fragments. */
  | "code"
  /** A file of its own beside the fragments. */
  | "file";

/** Where a tree takes a setting from. `make`: a variable of make's command line as well. */
export type SettingPlace = "fragment" | "environment" | "make" | "file";

/** One setting of one layout. */
export interface Setting {
  readonly name: string;
  readonly layout: Layout;
  readonly type: SettingType;
  /** For a choice: the values that mean something; the empty text means unset. */
  readonly choices?: readonly string[];
  /** What each choice does, a few words without a full stop. */
  readonly meanings?: Readonly<Record<string, string>>;
  /** What holds when nothing sets it; absent: nothing does. */
  readonly default?: string;
  /** Configure stops without it (some only when a tree or tool is missing). */
  readonly isRequired?: boolean;
  /** One line. */
  readonly help: string;
  readonly from: readonly SettingPlace[];
  /** Flag of configure that sets it. */
  readonly flag?: string;
  /** Stages that become stale when it changes; empty where it only says how to build. */
  readonly stages: readonly SettingStage[];
}

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
