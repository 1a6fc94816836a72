// Invariant: the form of an entry of the schema; what is in it is the layouts' own.
import type { Layout } from "../workspace/probes.ts";

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
