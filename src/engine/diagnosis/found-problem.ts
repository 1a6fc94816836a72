// Invariant: a found problem is plain data: lines are 1-based and split on \n only, offsets bytes.
import type { ProblemKind } from "./kinds.ts";

/** A line of a log, as `LogFollower` hands it out. */
export interface DiagnosedLine {
  /** Of its first byte. */
  readonly offset: number;
  /** Of the byte after its newline. */
  readonly end: number;
  readonly text: string;
}

/** First and last line, 1-based. */
export type LineRange = readonly [first: number, last: number];

/** What is wrong, and the part of the log that proves it. */
export interface FoundProblem {
  readonly kind: ProblemKind;
  /** One plain sentence, at most 200 characters. */
  readonly summary: string;
  readonly advice: string;
  /** At most 40 lines. */
  readonly lines: LineRange;
  /** Byte offsets of `lines`: of the first byte, and of the byte after the last. */
  readonly start: number;
  readonly end: number;
  /** What was being built, from banners and make's folders. */
  readonly component?: string;
  /** Folder the failed command ran in, where the log tells. */
  readonly folder?: string;
  /** Source file and 1-based line that the log names. */
  readonly file?: string;
  readonly line?: number;
  /** How often it was printed. */
  readonly count: number;
  /** Lines that only follow from it, in order, at most 200 ranges. */
  readonly followOn: readonly LineRange[];
}
