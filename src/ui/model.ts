// Invariant: all that a frame shows, as plain data; of a log only the lines on screen.
import type { PastRunsRead } from "../engine/journal/estimate.ts";
import type { BuildState } from "../engine/journal/state.ts";
import type { LogLine } from "../engine/logs/window.ts";
import type { CommandOf } from "./command.ts";
import type { PageName, PageView } from "./pages/page-view.ts";

/** A piece of a line: `text.slice(start, end)`. */
export interface Piece {
  readonly start: number;
  readonly end: number;
}

/** What a line of a build's output is to its reader. */
export type LineClass = "failure" | "warning" | "consequence";

/** A line within the proof of a problem is its `cause`; `follow-on` lines only come of one. */
export type LineKind = LineClass | "cause" | "follow-on";

export interface VisibleLine extends LogLine {
  readonly kind: LineKind | undefined;
  /** Where the pattern that is searched for matches. */
  readonly hits?: readonly Piece[];
  /** Where the filter matches, as far as that is known. */
  readonly passed?: readonly Piece[];
  /** When it was received, milliseconds of the epoch; only while times are shown. */
  readonly time?: number;
  /** It is one of the lines that are to be copied. */
  readonly isSelected?: boolean;
  /** It is shown only because it stands beside a line that the filter lets through. */
  readonly isContext?: boolean;
}

/** The search that stands in a log. */
export interface SearchView {
  /** As typed. */
  readonly text: string;
  /** The hit the cursor is at or has passed, 0 before the first. */
  readonly at: number;
  /** Lines that match, as far as searched. */
  readonly count: number;
  /** Share of the log that is searched, 0 to 1. */
  readonly complete: number;
}

/** The filter that is set on a log. */
export interface FilterView {
  readonly hidden: number;
  readonly shown: number;
  readonly context: number;
  readonly complete: number;
}

/** Where the window stands in the log, and what else there is, a row of the bar each. */
export interface ScrollBar {
  /** First and last row of the part that is on screen, 0-based. */
  readonly from: number;
  readonly to: number;
  readonly marks: readonly ("problem" | "hit" | undefined)[];
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
  /** Further logs of the same attempt. */
  readonly others?: number;
  /** Lines in the log. */
  readonly total: number;
  readonly lines: readonly VisibleLine[];
  /** Lines that came since follow was left. */
  readonly fresh: number;
  /** Offset of the line that the cursor is at. */
  readonly cursor?: number;
  /** Which of the build's problems the cursor is at, 1-based, and how many there are. */
  readonly problem?: { readonly at: number; readonly count: number };
  /** Lines that are to be copied; 0: not counted yet. */
  readonly selected?: number;
  readonly search?: SearchView;
  readonly filter?: FilterView;
  readonly bar?: ScrollBar;
  /** Share of the log that is indexed, while it is less than all: 0 to 1. */
  readonly indexing?: number;
}

export type Pane = "stages" | "log";

/** What the body of the screen shows. */
export type ScreenName = "build" | "log" | "failures" | PageName;

export type StopChoice = "stop" | "detach" | "cancel";

export type Overlay =
  | {
      readonly kind: "help";
      readonly top: number;
      /** Only rows that hold this are listed. */
      readonly text: string;
      /** The text is being typed. */
      readonly typing: boolean;
    }
  | { readonly kind: "palette"; readonly text: string; readonly selected: number }
  | { readonly kind: "stop"; readonly choice: StopChoice }
  | { readonly kind: "prompt"; readonly asks: "search" | "filter"; readonly text: string };

/** A process that a stage waits for. */
export interface WaitedFor {
  /** Program and what it works on, cleaned. */
  readonly command: string;
  /** Milliseconds of the epoch. */
  readonly startedAt: number;
}

/** Room on a file system. */
export interface DiskRoom {
  /** Bytes. */
  readonly free: number;
  /** A build may soon fail for want of room. */
  readonly isLow: boolean;
}

/** A stage that has written nothing for a while. */
export interface Quiet {
  readonly stage: string;
  /** When it wrote last, milliseconds of the epoch. */
  readonly since: number;
  /** What it waits for, where that is known. */
  readonly child?: WaitedFor;
}

/** Why stages are not up to date any more, a short sentence for each of them. */
export type Stale = Readonly<Record<string, string>>;

/** What is known of a build beside its journal; looked at now and then. */
export interface BuildFacts {
  /** What past builds took; absent until they are read. */
  readonly runs?: PastRunsRead;
  readonly quiet?: Quiet;
  /** What has become stale since the build ended; absent until it was looked for. */
  readonly stale?: Stale;
  /** Room on the file system of the workspace. */
  readonly disk?: DiskRoom;
  /** The most that was ever done of the build, in whole percent. */
  readonly percent: number;
}

/** What the person at the terminal chose to see. */
export interface UiState {
  /** Name of the selected stage. */
  readonly selected: string | undefined;
  /** Place of the selected step in the trail of the stage's latest attempt; undefined: the stage. */
  readonly step: number | undefined;
  /** Stages whose steps are all shown, or (false) none of them; others show what matters now. */
  readonly opened: Readonly<Record<string, boolean>>;
  /** The view goes along with the build: the running stage, the end of its log. */
  readonly follow: boolean;
  readonly pane: Pane;
  readonly screen: ScreenName;
  /** The screen that the log was opened from, and goes back to; undefined: the stages. */
  readonly logFrom: "failures" | undefined;
  /** The list of problems stands beside the log; undefined: where there is much room. */
  readonly list: boolean | undefined;
  /** Id of the selected problem. */
  readonly failure: string | undefined;
  /** Number of the attempt to look at; undefined: the latest. */
  readonly attempt: number | undefined;
  /** Each line of the log has its time. */
  readonly times: boolean;
  /** A search or a filter is set on the log, so that there is something to say of it. */
  readonly isNarrowed: boolean;
  /** Lines of the log are being chosen, to copy them. */
  readonly isSelecting: boolean;
  /** Texts of the filter as typed, in the order given. */
  readonly filter: readonly string[];
  /** Columns of the log that are scrolled out on the left. */
  readonly shift: number;
  readonly overlay: Overlay | undefined;
  /** The terminal reports the mouse. */
  readonly mouse: boolean;
  /** A sentence about the last thing done. */
  readonly notice: string | undefined;
  /** Why the build has no live host, while it has none. */
  readonly hostTrouble: string | undefined;
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

/** Which build of the workspace is looked at: 1 is the oldest of `of`. */
export interface PastPlace {
  readonly at: number;
  readonly of: number;
  /** Number of a build that was started elsewhere while this one, then the newest, was on screen. */
  readonly overtakenBy?: number;
}

/** A row of the table of keys. */
export type Command = CommandOf<ConsoleModel>;

export interface ConsoleModel {
  /** The table of keys with the person's own keys in it; without one the table as it is. */
  readonly keymap?: readonly Command[];
  /** What is wrong in the person's settings, a sentence each. */
  readonly complaints?: readonly string[];
  readonly workspace: WorkspaceName;
  readonly version: string;
  /** Undefined while nothing has been built. */
  readonly build: BuildState | undefined;
  /** Set while an earlier build than the newest is looked at. */
  readonly past?: PastPlace | undefined;
  readonly log: LogView | undefined;
  /** The lines that prove the selected problem, while the failures are on screen. */
  readonly proof?: readonly VisibleLine[];
  /** The page on screen, while one is. */
  readonly page?: PageView;
  readonly facts: BuildFacts;
  readonly ui: UiState;
  readonly size: Size;
  /** Milliseconds of the epoch. */
  readonly now: number;
  /** Goes up by one with each frame in which a running stage wrote something. */
  readonly beat: number;
}

export const initialUi: UiState = {
  selected: undefined,
  step: undefined,
  opened: {},
  follow: true,
  pane: "stages",
  screen: "build",
  logFrom: undefined,
  list: undefined,
  failure: undefined,
  attempt: undefined,
  times: false,
  isNarrowed: false,
  isSelecting: false,
  filter: [],
  shift: 0,
  overlay: undefined,
  mouse: false,
  notice: undefined,
  hostTrouble: undefined,
};

export const noFacts: BuildFacts = { percent: 0 };
