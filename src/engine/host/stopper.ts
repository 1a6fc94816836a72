// Invariant: TERM first, KILL after the grace period, and no second TERM; what lives after KILL is
// left to be named.
import type { ProcessIdentity } from "../journal/events.ts";
import type { ProcessTable } from "../process/process-table.ts";
import { sessionOf } from "../process/session.ts";
import { signalSession } from "../process/stop.ts";

/** Seconds between TERM and KILL. */
export const graceSeconds = 10;
const givenUpAfterKillMs = 2000;
const listingMs = 200;

/** Ends the session of a stage, a look at a time. */
export class Stopper {
  readonly #table: ProcessTable;
  readonly #rootCommand: string | undefined;
  #signalledAt: number | undefined;
  #killedAt: number | undefined;
  #nextListing = 0;

  /** `rootCommand`: ends processes of other users, e.g. `pfexec`. */
  constructor(table: ProcessTable, rootCommand: string | undefined) {
    this.#table = table;
    this.#rootCommand = rootCommand;
  }

  /** One look; true when the session is empty or nothing more can be done. `now`: monotonic ms. */
  async look(wrapper: ProcessIdentity, now: number): Promise<boolean> {
    if (this.#signalledAt === undefined) {
      this.#signalledAt = now;
      await signalSession(this.#table, wrapper, "SIGTERM", this.#rootCommand);
      return false;
    }
    if (now < this.#nextListing) return false;
    this.#nextListing = now + listingMs;
    if (sessionOf(this.#table, wrapper).length === 0) return true;
    if (this.#killedAt !== undefined) return now - this.#killedAt > givenUpAfterKillMs;
    if (now - this.#signalledAt > graceSeconds * 1000) {
      this.#killedAt = now;
      await signalSession(this.#table, wrapper, "SIGKILL", this.#rootCommand);
    }
    return false;
  }
}
