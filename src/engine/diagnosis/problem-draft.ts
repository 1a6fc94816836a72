// Invariant: a draft's span is at most 40 lines and its follow-on ranges at most 200, in order.
import { advice } from "./advice.ts";
import type { FoundProblem, LineRange } from "./found-problem.ts";
import type { ProblemKind } from "./kinds.ts";
import { summaryText } from "./summary-text.ts";

export const longestSpan = 40;
const mostRanges = 200;

/** Where a draft stands in the list: lower is shown first. */
export const rank = { cause: 0, probable: 1, outcome: 2, possible: 3 } as const;
export type Rank = (typeof rank)[keyof typeof rank];

/** What a draft is made of. */
export interface DraftStart {
  readonly kind: ProblemKind;
  readonly summary: string;
  readonly first: number;
  readonly last: number;
  readonly start: number;
  readonly end: number;
  readonly file?: string;
  readonly line?: number;
  readonly component?: string;
  readonly folder?: string;
}

/** A problem that may still grow. */
export class ProblemDraft {
  begin: DraftStart;
  rank: Rank;
  count = 1;
  /** Is wrong even when the command that printed it succeeded. */
  isCertain = false;
  /** Depth of the outermost make that failed with it; undefined when none has yet. */
  level: number | undefined;
  last: number;
  end: number;
  folder: string | undefined;
  readonly #followOn: [number, number][] = [];

  constructor(begin: DraftStart, order: Rank) {
    this.begin = begin;
    this.rank = order;
    this.last = begin.last;
    this.end = begin.end;
    this.folder = begin.folder;
  }

  /** Proves the problem by another part of the log. */
  move(begin: DraftStart): void {
    this.begin = begin;
    this.last = begin.last;
    this.end = begin.end;
  }

  /** Says more, once. */
  add(more: string | undefined): void {
    if (more === undefined || this.begin.summary.endsWith(more)) return;
    this.begin = { ...this.begin, summary: this.begin.summary + more };
  }

  /** Makes the span reach to a line; false when it would become too long. */
  extend(last: number, end: number): boolean {
    if (last - this.begin.first >= longestSpan) return false;
    this.last = last;
    this.end = end;
    return true;
  }

  follow(first: number, last: number): void {
    if (first <= this.last && last >= this.begin.first) return;
    const before = this.#followOn.at(-1);
    if (before !== undefined && first <= before[1] + 1) {
      before[1] = Math.max(before[1], last);
    } else if (this.#followOn.length < mostRanges) this.#followOn.push([first, last]);
  }

  toProblem(): FoundProblem {
    const { kind, summary, first, start, file, line, component } = this.begin;
    const { folder } = this;
    return {
      kind,
      summary: summaryText(summary),
      advice: advice[kind],
      lines: [first, this.last],
      start,
      end: this.end,
      ...(component === undefined ? {} : { component }),
      ...(folder === undefined ? {} : { folder }),
      ...(file === undefined ? {} : { file }),
      ...(line === undefined || !Number.isSafeInteger(line) ? {} : { line }),
      count: this.count,
      followOn: this.#followOn.map(([from, to]): LineRange => [from, to]),
    };
  }
}
