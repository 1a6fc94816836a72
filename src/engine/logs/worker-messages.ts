// Invariant: every message between the console's thread and a log worker is one of these; a message
// of a job that was given up says so by its number and is not heeded.
import type { CountTable } from "./line-counter.ts";
import type { IndexPart } from "./line-index.ts";
import type { LinePattern } from "./line-pattern.ts";
import type { SeekStart } from "./line-seek.ts";
import type { LinePage } from "./line-set.ts";

/** A log that is open in another thread of this process. */
export interface SharedLog {
  readonly path: string;
  readonly descriptor: number;
  /** Bytes to look at. */
  readonly size: number;
}

/** A piece of a line's text: `text.slice(start, end)`. */
export interface MatchSpan {
  readonly start: number;
  readonly end: number;
}

/** What a worker is to do until another job is given to it. */
export type WorkerJob =
  | {
      readonly kind: "index";
      readonly job: number;
      readonly log: SharedLog;
      /** Bytes indexed already, and the newlines in them. */
      readonly indexed: number;
      readonly newlines: number;
    }
  | {
      readonly kind: "scan";
      readonly job: number;
      readonly log: SharedLog;
      readonly include: readonly LinePattern[];
      readonly exclude: readonly LinePattern[];
      readonly table: CountTable;
    };

/** A question within a job that scans. */
export type WorkerQuestion =
  | { readonly kind: "grow"; readonly job: number; readonly size: number }
  | {
      readonly kind: "seek";
      readonly job: number;
      readonly id: number;
      readonly start: SeekStart;
    }
  | {
      readonly kind: "spans";
      readonly job: number;
      readonly id: number;
      readonly texts: readonly string[];
    };

/** To a worker. */
export type ToWorker = WorkerJob | WorkerQuestion;

/** A line that was found. */
export interface FoundLine {
  /** 1-based. */
  readonly line: number;
  /** Of its first byte. */
  readonly offset: number;
}

/** From a worker. */
export type FromWorker =
  | { readonly kind: "started"; readonly job: number }
  /** It has nothing to do any more after that many messages. */
  | { readonly kind: "idle"; readonly job: number; readonly heard: number }
  | {
      readonly kind: "indexed";
      readonly job: number;
      readonly part: IndexPart;
      readonly isDone: boolean;
    }
  | {
      readonly kind: "scanned";
      readonly job: number;
      /** Pages of the set of lines that changed. */
      readonly pages: readonly { readonly index: number; readonly page: LinePage | undefined }[];
      /** Bytes looked at, and those of them that are whole lines. */
      readonly seen: number;
      readonly scanned: number;
      readonly isDone: boolean;
    }
  | {
      readonly kind: "found";
      readonly job: number;
      readonly id: number;
      readonly found: FoundLine | undefined;
    }
  | {
      readonly kind: "spans";
      readonly job: number;
      readonly id: number;
      readonly spans: readonly (readonly MatchSpan[])[];
    };

/** What a worker shares with its watcher. */
export interface WorkerShared {
  /** `beatIndex` grows with each step; `matchingIndex` is 1 while a pattern runs. */
  readonly beats: Int32Array<SharedArrayBuffer>;
}

export const beatIndex = 0;
export const matchingIndex = 1;
