// Invariant: all that a frame shows, as plain data; of a log only the lines on screen.
import type { BuildState } from "../engine/journal/state.ts";
import type { LogLine } from "../engine/logs/window.ts";

/** What a line of a build's output is to its reader. */
export type LineClass = "failure" | "warning" | "consequence";

export interface VisibleLine extends LogLine {
  readonly kind: LineClass | undefined;
}

/** The log of one attempt at a stage, as far as it is on screen. */
export interface LogView {
  readonly stage: string;
  readonly attempt: number;
  readonly attempts: number;
  /** Below the build's folder. */
  readonly file: string;
  /** The stage's own output, not a further log that it writes. */
  readonly own: boolean;
  /** Lines in the log. */
  readonly total: number;
  readonly lines: readonly VisibleLine[];
  /** Lines that came since follow was left. */
  readonly fresh: number;
  /** Number of the failing line that was jumped to. */
  readonly current?: number;
  /** Share of the log that is indexed, while it is less than all: 0 to 1. */
  readonly indexing?: number;
}

export type Pane = "stages" | "log";

export type StopChoice = "stop" | "detach" | "cancel";

export type Overlay =
  | { readonly kind: "help"; readonly top: number }
  | { readonly kind: "stop"; readonly choice: StopChoice };

/** What the person at the terminal chose to see. */
export interface UiState {
  /** Name of the selected stage. */
  readonly selected: string | undefined;
  /** The view goes along with the build: the running stage, the end of its log. */
  readonly follow: boolean;
  readonly pane: Pane;
  /** The log has the whole width. */
  readonly wide: boolean;
  /** Columns of the log that are scrolled out on the left. */
  readonly shift: number;
  readonly overlay: Overlay | undefined;
  /** A sentence about the last thing done. */
  readonly notice: string | undefined;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Where the builds take place. */
export interface WorkspaceName {
  readonly root: string;
  readonly layout: string;
}

export interface ConsoleModel {
  readonly workspace: WorkspaceName;
  readonly version: string;
  /** Undefined while nothing has been built. */
  readonly build: BuildState | undefined;
  readonly log: LogView | undefined;
  readonly ui: UiState;
  readonly size: Size;
  /** Milliseconds of the epoch. */
  readonly now: number;
  /** Goes up by one with each frame in which a running stage wrote something. */
  readonly beat: number;
}

export const initialUi: UiState = {
  selected: undefined,
  follow: true,
  pane: "stages",
  wide: false,
  shift: 0,
  overlay: undefined,
  notice: undefined,
};
