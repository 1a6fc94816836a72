// Invariant: what is stale is asked for only while a build that is over is looked at and nobody is
// typing; an answer to a question about another moment is dropped.
import type { PlannedStage } from "../../engine/journal/events.ts";
import type { BuildState } from "../../engine/journal/state.ts";
import type { Stale } from "../model.ts";

/** Whoever presses keys gets all of the time. */
const calmMs = 800;
/** What others change, like a pull in another terminal, is looked for with the next key. */
const againMs = 30_000;
/** In a big tree a look takes seconds: then it is taken seldom. */
const costFactor = 20;

export interface StaleOptions {
  /** What `run` would do now; undefined where nothing can be planned. */
  readonly plan: () => Promise<readonly PlannedStage[] | undefined>;
  /** Called, later, when the answer is there. */
  readonly onNews: () => void;
}

export class StaleWatch {
  readonly #options: StaleOptions;
  /** Changes whenever an answer that is on its way is not wanted any more. */
  #question = 0;
  #isAsking = false;
  #isWanted = false;
  #askedAt = performance.now();
  #costMs = 0;
  #stale: Stale | undefined;

  constructor(options: StaleOptions) {
    this.#options = options;
  }

  /** Why stages are not up to date any more, by name; undefined before it is known. */
  get stale(): Stale | undefined {
    return this.#stale;
  }

  /** Something may have been changed: settings, a file in the editor, another build. */
  expect(): void {
    this.#isWanted = true;
  }

  /** Forgets what was known: a build runs, and at its end nothing is stale yet. */
  forget(now = performance.now()): void {
    this.#question++;
    this.#stale = undefined;
    this.#isWanted = false;
    this.#askedAt = now;
  }

  /**
   * Asks when it is time to.
   *
   * @param build the build on screen, which has ended
   * @param lastKey when a key was pressed last; as `now` on the monotonic clock, in milliseconds
   */
  look(build: BuildState, lastKey: number, now: number): void {
    if (this.#isAsking || now - lastKey < calmMs) return;
    const isOld = now - this.#askedAt > Math.max(againMs, costFactor * this.#costMs);
    const isDue = this.#isWanted || (isOld && lastKey > this.#askedAt);
    if (!isDue) return;
    this.#isWanted = false;
    this.#isAsking = true;
    this.#askedAt = now;
    const question = ++this.#question;
    void this.#options
      .plan()
      // It is a help only: b says what is wrong.
      .catch(() => undefined)
      .then((plan) => {
        this.#isAsking = false;
        this.#costMs = performance.now() - now;
        if (question !== this.#question) return;
        this.#stale = plan && staleIn(build, plan);
        this.#options.onNews();
      });
  }
}

/** Stages that were good when the build ended, and would be built again now. */
function staleIn({ stages }: BuildState, plan: readonly PlannedStage[]): Stale {
  const good = stages.filter(
    ({ state, planned }) => state === "succeeded" || (state === "skipped" && !planned),
  );
  return Object.fromEntries(
    good.flatMap(({ name }) => {
      const now = plan.find((stage) => stage.name === name);
      return now?.run === true ? [[name, now.reasons[0] ?? "not up to date"]] : [];
    }),
  );
}
