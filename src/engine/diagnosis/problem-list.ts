// Invariant: each message of a log belongs to at most one problem; at most 1000 problems are kept.
import { isCompile, keysOf, relation, type Candidate } from "./candidate.ts";
import type { FoundProblem } from "./found-problem.ts";
import type { PlaceTracker } from "./place-tracker.ts";
import { ProblemDraft, rank, type Rank } from "./problem-draft.ts";

const mostProblems = 1000;
const mostKeys = 20_000;

/** The problems of a log so far. */
export class ProblemList {
  readonly #place: PlaceTracker;
  readonly #problems: ProblemDraft[] = [];
  /** Problems by the names of what is wrong. */
  readonly #owners = new Map<string, ProblemDraft>();
  /** The problem that was last added or met again. */
  latest: ProblemDraft | undefined;

  constructor(place: PlaceTracker) {
    this.#place = place;
  }

  get isEmpty(): boolean {
    return this.#problems.length === 0;
  }

  get hasCause(): boolean {
    return this.#problems.some((one) => one.rank === rank.cause);
  }

  /** Newest first. */
  newest(): readonly ProblemDraft[] {
    return this.#problems.toReversed();
  }

  /** Cause first. */
  /** Whether one of them says why it failed, not only that it did. */
  get namesCause(): boolean {
    return this.#problems.some((draft) => draft.rank < rank.outcome);
  }

  ranked(): readonly FoundProblem[] {
    const drafts = this.#problems;
    const best = Math.min(...drafts.map((draft) => draft.rank));
    return drafts
      .filter((draft) => draft.rank < rank.outcome || best >= rank.outcome)
      .sort((a, b) => a.rank - b.rank || a.begin.first - b.begin.first)
      .map((draft) => draft.toProblem());
  }

  /** A make that fails with what it started passes the failure on; one that goes on lets it pass. */
  passOn(level: number): void {
    for (const draft of this.#problems) {
      if (draft.level === undefined || draft.level > level) draft.level = level;
    }
  }

  /** Makes problems of the messages of one segment. */
  settle(messages: readonly Candidate[], order: Rank): void {
    let head: { candidate: Candidate; draft: ProblemDraft } | undefined;
    for (const candidate of messages) {
      const keys = keysOf(candidate);
      const known = keys.map((key) => this.#owners.get(key)).find((draft) => draft !== undefined);
      if (known !== undefined) {
        if (keys[0] !== undefined && known.begin.kind === candidate.reading.form.kind)
          known.count++;
        known.follow(candidate.first, candidate.last);
        if (known.rank > order) known.rank = order;
        this.latest = known;
        if (isCompile(candidate)) head = { candidate, draft: known };
      } else {
        const relative = head === undefined ? "independent" : relation(head.candidate, candidate);
        if (head !== undefined && relative !== "independent") {
          this.#join(head.draft, candidate, relative === "same");
          this.latest = head.draft;
        } else {
          const draft = this.add(this.#draft(candidate, order), order);
          head = { candidate, draft };
        }
      }
      const owner = known ?? head?.draft;
      if (owner !== undefined && this.#owners.size < mostKeys) {
        for (const key of keys) if (!this.#owners.has(key)) this.#owners.set(key, owner);
      }
    }
  }

  #join(draft: ProblemDraft, candidate: Candidate, same: boolean): void {
    if (same) draft.count++;
    const adjacent = same && candidate.first - draft.last <= 3;
    if (!adjacent || !draft.extend(candidate.last, candidate.end))
      draft.follow(candidate.first, candidate.last);
  }

  #draft({ reading, first, last, start, end }: Candidate, order: Rank): ProblemDraft {
    const { form, parts, text } = reading;
    const { file, line } = parts;
    const { component, folder } = this.#place;
    return new ProblemDraft(
      {
        kind: form.kind,
        summary: form.say?.(parts) ?? text,
        first,
        last,
        start,
        end,
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { line: Number(line) }),
        ...(component === undefined ? {} : { component }),
        ...(folder === undefined ? {} : { folder }),
      },
      order,
    );
  }

  /** Forgets problems of which make said that it lets them pass. */
  drop(isLetPass: (draft: ProblemDraft) => boolean): void {
    const kept = this.#problems.filter((draft) => !isLetPass(draft));
    if (kept.length === this.#problems.length) return;
    for (const [key, draft] of this.#owners) if (!kept.includes(draft)) this.#owners.delete(key);
    this.#problems.splice(0, this.#problems.length, ...kept);
  }

  /** Adds a problem; of very many, the first are kept. */
  add(draft: ProblemDraft, order: Rank): ProblemDraft {
    draft.rank = order;
    if (this.#problems.length < mostProblems) this.#problems.push(draft);
    this.latest = draft;
    return draft;
  }
}
