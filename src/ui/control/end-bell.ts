// Invariant: rings once at the end of each run that was seen going on and took long enough for
// somebody to have looked away.
import type { BuildState } from "../../engine/journal/state.ts";

const longMs = 60_000;

export class EndBell {
  readonly #ring: () => void;
  /** Since when the run goes on that is on screen; milliseconds of the epoch. */
  #since: number | undefined;
  #build: string | undefined;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** To be called with every state that is shown. `now`: milliseconds of the epoch. */
  see(build: BuildState | undefined, now: number): void {
    if (build?.build !== this.#build) {
      this.#build = build?.build;
      this.#since = build?.state === "running" ? Date.parse(build.startedAt) : undefined;
      return;
    }
    if (build === undefined) return;
    // A build that runs again was retried: that run begins now.
    if (build.state === "running") this.#since ??= now;
    else if (this.#since !== undefined) {
      if (now - this.#since >= longMs) this.#ring();
      this.#since = undefined;
    }
  }
}
