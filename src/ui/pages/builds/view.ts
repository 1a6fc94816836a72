// Invariant: plain data; what one frame shows of the builds page.
import type { Comparison } from "../../../engine/journal/compare-builds.ts";
import type { VolumeFill } from "../../../engine/journal/events.ts";
import type { PastBuild } from "../../../engine/journal/past-builds.ts";
import type { LogUse, OnDisk } from "./ports.ts";

/** Which of the page's keys are read. */
export type BuildsKeys = "builds" | "builds-image" | "builds-compare";

interface Common {
  readonly kind: "builds";
  readonly keys: BuildsKeys;
  /** Milliseconds of the epoch. */
  readonly now: number;
}

/** The builds of the workspace and the chosen one of them. */
export interface ListView extends Common {
  readonly keys: "builds";
  /** Those on screen, newest first. */
  readonly builds: readonly PastBuild[];
  /** Place of the first of them, and of the chosen one, among all; 0 is the newest. */
  readonly top: number;
  readonly chosen: number;
  readonly count: number;
  /** Not all have been read. */
  readonly isReading: boolean;
  /** Longest duration of all, milliseconds. */
  readonly longestMs: number;
  /** Folder of the build that is to be compared with another one. */
  readonly marked: string | undefined;
  readonly disk: OnDisk | undefined;
  readonly isVerifying: boolean;
  readonly use: LogUse | undefined;
}

/** The fill of one file system over the builds, oldest first; shares of 1. */
export interface Trend {
  readonly fill: VolumeFill;
  readonly bytes: readonly number[];
  readonly inodes: readonly number[];
}

/** The image that a build made. */
export interface ImageView extends Common {
  readonly keys: "builds-image";
  readonly build: PastBuild;
  readonly disk: OnDisk;
  readonly trends: readonly Trend[];
  readonly root: string;
  readonly isVerifying: boolean;
  readonly top: number;
}

/** Two builds, side by side. */
export interface CompareView extends Common {
  readonly keys: "builds-compare";
  readonly older: PastBuild;
  readonly newer: PastBuild;
  readonly compared: Comparison;
  /** Undefined while git is asked. */
  readonly commits: readonly string[] | undefined;
  readonly top: number;
}

export type BuildsView = ListView | ImageView | CompareView;
