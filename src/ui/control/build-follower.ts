// Invariant: the state is the fold of what the journal held at the last poll; read only.
import { join } from "node:path";
import { fold } from "../../engine/journal/fold.ts";
import { JournalFollower } from "../../engine/journal/follow.ts";
import type { BuildState } from "../../engine/journal/state.ts";

/** The journal of a build, below its folder. */
const journalName = "journal.jsonl";

/** A build that may still go on. */
export class BuildFollower {
  readonly folder: string;
  readonly #journal: JournalFollower;
  #state: BuildState | undefined;

  constructor(folder: string) {
    this.folder = folder;
    this.#journal = new JournalFollower(join(folder, journalName));
  }

  /** The state now; the very same object when nothing was added. */
  poll(): BuildState | undefined {
    for (const event of this.#journal.events()) this.#state = fold(this.#state, event);
    return this.#state;
  }

  close(): void {
    this.#journal.close();
  }
}
