// Invariant: knows of one log which of its lines prove a problem and which only follow from one.
import type { Problem } from "../../engine/journal/events.ts";
import type { LogLine } from "../../engine/logs/window.ts";

/** The problems of one log, and the place of each among all problems of the build. */
export class ProblemLines {
  #problems: readonly Problem[] = [];
  #places: ReadonlyMap<string, number> = new Map();
  #count = 0;

  /** `all`: the problems that `e` goes through, in that order; `log`: the name of this log. */
  set(all: readonly Problem[], log: string): void {
    this.#count = all.length;
    this.#places = new Map(all.map(({ id }, index) => [id, index + 1]));
    this.#problems = all.filter(({ span }) => span?.log === log);
  }

  /** Offsets at which problems begin, in no order. */
  get starts(): readonly number[] {
    return this.#problems.flatMap(({ span }) => (span === undefined ? [] : [span.start]));
  }

  kindOf({ offset, number }: LogLine): "cause" | "follow-on" | undefined {
    let isFollowOn = false;
    for (const { span, followOn = [] } of this.#problems) {
      if (span !== undefined && offset >= span.start && offset < span.end) return "cause";
      if (number === undefined || isFollowOn) continue;
      isFollowOn = followOn.some(([first, last]) => number >= first && number <= last);
    }
    return isFollowOn ? "follow-on" : undefined;
  }

  /** The problem whose lines hold an offset: which one it is, and of how many. */
  at(offset: number | undefined): { readonly at: number; readonly count: number } | undefined {
    const problem = this.holding(offset);
    if (problem === undefined) return undefined;
    return { at: this.#places.get(problem.id) ?? 1, count: this.#count };
  }

  /** The problem whose lines hold an offset. */
  holding(offset: number | undefined): Problem | undefined {
    if (offset === undefined) return undefined;
    return this.#problems.find(
      ({ span }) => span !== undefined && offset >= span.start && offset < span.end,
    );
  }
}
