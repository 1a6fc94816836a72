// Invariant: a stage is a value; nothing here runs anything.
import type { EnvironmentChanges } from "../process/environment.ts";

/** A repository, or a part of one, that a stage builds from. Paths below the workspace. */
export interface RepositoryPart {
  /** Folder of the repository; `.` is the workspace itself. */
  readonly folder: string;
  /** Folder below it when only that part matters; it may turn out to be a repository of its own. */
  readonly part?: string;
}

/** How a log shows that a sub-step begins. */
export interface StepRule {
  /** Matched against each line without its newline. */
  readonly pattern: RegExp;
  /** Name of the step, with `$1` … for the pattern's groups; `$1` alone when absent. */
  readonly name?: string;
  /** What such a step usually is of the stage, each time that one begins; later ones tell nothing. */
  readonly parts?: readonly StepPart[];
}

/** Shares of a stage's usual time, 0 to 1, that are over when a step begins and when it ends. */
export interface StepPart {
  readonly from: number;
  readonly to: number;
}

/** A log that a stage writes besides its output. */
export interface FurtherLog {
  /** Below the workspace; a `*` in its last part stands for what the tool puts there each time. */
  readonly path: string;
  /** Where the tool moves it when it ends, below the workspace. */
  readonly movedTo?: string;
  readonly steps: readonly StepRule[];
}

/** A component manifest that can be checked once the stage has filled the proto area. */
export interface ManifestCheck {
  /** Below the workspace. */
  readonly manifest: string;
  /** Only entries with such a path, or all but those. */
  readonly only?: RegExp;
  readonly except?: RegExp;
}

/** What is executed for a stage. */
export interface StageCommand {
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly environment: EnvironmentChanges;
}

/** One stage of a build. All paths are below the workspace. */
export interface Stage {
  /** Unique, e.g. `illumos`, `local/kvm`, `extra/curl`. */
  readonly name: string;
  /** A name that stands for all its stages, e.g. `world`. */
  readonly group?: string;
  /** Built before, and when one of them is built again, this one is too. */
  readonly needs: readonly string[];
  /** Built before when they are stale, without making this one stale. */
  readonly requires: readonly string[];
  /** Only an order: comes after these where both are in the plan. */
  readonly after: readonly string[];
  /** True for stages that run only when named, such as a single component. */
  readonly onlyWhenNamed?: boolean;
  readonly command: StageCommand;
  /** Files that make touches when the stage is done, and that make it build again when removed. */
  readonly stamps: readonly string[];
  /** Other files that exist when the stage is done. Neither these nor stamps: never up to date. */
  readonly products: readonly string[];
  /** Further files that are removed before each run, e.g. copies that make would not refresh. */
  readonly removesFirst: readonly string[];
  /** A few files that make the stage stale when newer than its products. */
  readonly inputs: readonly string[];
  readonly repositories: readonly RepositoryPart[];
  /** Names of settings the stage reads. */
  readonly settings: readonly string[];
  /** Values that decide how it is made, besides settings; a stage made by other ones is stale. */
  readonly choices?: Readonly<Record<string, string>>;
  /** How the stage's own output shows steps. */
  readonly steps: readonly StepRule[];
  /** Number of steps where the tree tells it. */
  readonly stepTotal?: number;
  /** The line at the end of its output that says what it found; told in the build's summary. */
  readonly result?: RegExp;
  /** Its usual part of the time of a build from scratch, measured in that of a small stage; 1. */
  readonly weight?: number;
  readonly furtherLogs: readonly FurtherLog[];
  readonly checks: readonly ManifestCheck[];
  /** Files and folders it makes for the user; links are followed. */
  readonly artefacts: readonly string[];
  /**
   * Folder below the workspace in which the tree's own builder makes a platform image: the host keeps
   * what that got. smartbuild's own builder keeps it itself.
   */
  readonly imageOutput?: string;
  /** One short remark for the plan, e.g. which builder makes the image. */
  readonly remark?: string;
}

/** All stages of a workspace, in no order. */
export type Graph = readonly Stage[];
