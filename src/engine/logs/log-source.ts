// Invariant: the index behind it is that of the file that stands under the log's name.
import type { LogIndex } from "./line-index.ts";

/** A log that may be written anew, which gives it another index. */
export interface LogSource {
  readonly index: LogIndex;
}
