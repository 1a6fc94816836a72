// Invariant: a command counts as taken when the journal says so.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { JournalFollower } from "../journal/follow.ts";
import { journalName } from "../journal/writer.ts";

/** Waits for the host's answer to a command: taken, or why it was refused; undefined: none yet. */
export async function answerTo(
  buildFolder: string,
  id: string,
  longestMs: number,
): Promise<"taken" | { readonly refused: string } | undefined> {
  const follower = new JournalFollower(join(buildFolder, journalName));
  const until = performance.now() + longestMs;
  try {
    while (performance.now() < until) {
      for (const event of follower.poll()) {
        if (event.type !== "command-taken" || event.id !== id) continue;
        return event.refused === undefined ? "taken" : { refused: event.refused };
      }
      await wait(20);
    }
    return undefined;
  } finally {
    follower.close();
  }
}
