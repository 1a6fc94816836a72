// Invariant: all that the console asks of the world outside its screen; plain functions, so that a
// test can put anything behind them.
import type { PastRunsRead } from "../engine/journal/estimate.ts";
import type { PlannedStage } from "../engine/journal/events.ts";
import type { Attempt, BuildState } from "../engine/journal/state.ts";
import type { DiskRoom, LineClass, WaitedFor } from "./model.ts";
import type { ManifestPorts } from "./pages/manifest/ports.ts";
import type { BuildsPorts } from "./pages/builds/ports.ts";
import type { SettingsPorts } from "./pages/settings/ports.ts";

/** A command to the host of a build. */
export type HostCommand =
  | { readonly command: "stop"; readonly signal: "SIGINT" | "SIGTERM" }
  | { readonly command: "retry"; readonly stage: string };

/** What is looked at beside the journal of a build. */
export interface ProgressPorts {
  /** What the builds before this one took. */
  readonly pastRuns: (buildFolder: string) => Promise<PastRunsRead>;
  /** Room on the file system that holds a path. */
  readonly disk: (path: string) => DiskRoom | undefined;
  /** When an attempt last wrote to one of its logs, milliseconds of the epoch. */
  readonly lastOutput: (attempt: Attempt, buildFolder: string, workspace: string) => number;
  /** The oldest process that an attempt waits for. */
  readonly waitsFor: (attempt: Attempt) => WaitedFor | undefined;
}

export interface ConsolePorts {
  /** The folder that the builds of the workspace are kept in, absolute; it may not be there yet. */
  readonly buildsFolder: string;
  readonly progress: ProgressPorts;
  /** Hands a command to the host of the build in this folder; a sentence when that failed. */
  readonly send: (
    buildFolder: string,
    command: HostCommand,
  ) => string | undefined | Promise<string | undefined>;
  /**
   * Starts a host when the build is unfinished and has none; called about once a second. A sentence
   * when it has none and none can be started.
   */
  readonly ensureHost: (build: BuildState, buildFolder: string) => Promise<string | undefined>;
  /** Starts a build; its folder, or a sentence that says why it cannot start. */
  readonly start: (targets: readonly string[]) => Promise<StartedBuild>;
  /** What a build of no named target would do now; undefined where nothing can be planned. */
  readonly plan: () => Promise<readonly PlannedStage[] | undefined>;
  readonly classify: (text: string) => LineClass | undefined;
  /** What an attempt at a stage had for an environment. */
  readonly environment: (
    buildFolder: string,
    stage: string,
    attempt: number,
  ) => { readonly environment: NodeJS.ProcessEnv } | { readonly refused: string };
  /** What was built with what, a short text each. */
  readonly versions: (buildFolder: string, stage: string) => readonly string[];
  /** The settings that decide about a stage, a short text each; secrets masked. */
  readonly settingsOf: (
    buildFolder: string,
    stage: string,
  ) => readonly string[] | Promise<readonly string[]>;
  /** What the settings page asks for. */
  readonly settings: SettingsPorts;
  /** The text without what is secret in it. */
  readonly mask: (text: string) => string;
  /** What the manifest page asks for. */
  readonly manifest: ManifestPorts;
  /** What the builds page needs; loaded when it is first on screen. */
  readonly builds: () => Promise<BuildsPorts>;
  /** Milliseconds of the epoch. */
  readonly now: () => number;
}

/** `isUnknown`: there is no such target. */
export type StartedBuild =
  { readonly folder: string } | { readonly refused: string; readonly isUnknown?: boolean };
