// Invariant: all that the builds page asks of the world outside its screen.
import type { RetentionRule } from "../../../engine/journal/dropped-logs.ts";
import type { PastBuild } from "../../../engine/journal/past-builds.ts";
import type { BuildState } from "../../../engine/journal/state.ts";
import type { Verification } from "../../../engine/journal/verified.ts";

/** What a build made, as it lies there now. */
export interface MadeFile {
  /** Below the workspace. */
  readonly path: string;
  /** As it was made. */
  readonly bytes: number;
  readonly isThere: boolean;
  /** Number of the newer build whose file lies there now. */
  readonly replacedBy?: number;
}

/** What the disk holds of a build now. */
export interface OnDisk {
  readonly logBytes: number;
  /** Sentence about logs that are not kept any more. */
  readonly dropped?: string;
  readonly made: readonly MadeFile[];
  /** Absent when the build made no image. */
  readonly verification?: Verification;
}

/** What all logs take, and how much of them is kept. */
export interface LogUse {
  readonly bytes: number;
  readonly rule: RetentionRule;
}

export interface BuildsPorts {
  /** All builds of the workspace, newest first, in pieces; those known by folder are not read again. */
  readonly list: (known: ReadonlyMap<string, PastBuild>) => AsyncIterable<readonly PastBuild[]>;
  readonly read: (folder: string) => BuildState | undefined;
  /** `builds`: all of them, newest first; a newer one may have made the same files. */
  readonly onDisk: (build: PastBuild, builds: readonly PastBuild[]) => OnDisk;
  readonly logUse: (builds: readonly PastBuild[]) => Promise<LogUse>;
  /** Commits and files that came between two builds, a line each. */
  readonly commits: (older: BuildState, newer: BuildState) => Promise<readonly string[]>;
  /** Verifies the image of a build; a sentence when that could not be done. */
  readonly verify: (build: PastBuild) => Promise<string | undefined>;
}
