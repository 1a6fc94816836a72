// Invariant: what the key bar, the help and the palette tell of a command, and the keys that stand
// for it; what it does is in control/actions.ts.
import type { CommandId } from "./command-ids.ts";
import type { View } from "./views.ts";

/** A row of the table of keys; some of it depends on the `Model` that a frame shows. */
export interface CommandOf<Model> {
  readonly id: CommandId;
  /** Names as `keyNames` makes them. */
  readonly keys: readonly string[];
  /** One or two words for the key bar. */
  readonly label: (model: Model) => string;
  /** One sentence for the help. */
  readonly description: string;
  readonly views: readonly View[];
  /** Place in the key bar, 1 first; without one it is in the help only. */
  readonly bar?: number;
  /** False where the key works, but the key bar has no need of it. */
  readonly isOffered?: (model: Model) => boolean;
  /** Why it can do nothing now. */
  readonly disabled?: (model: Model) => string | undefined;
}
