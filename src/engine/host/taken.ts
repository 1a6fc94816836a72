// Invariant: a command counts as taken when the journal says so.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { JournalFollower } from "../journal/follow.ts";
import { journalName } from "../journal/writer.ts";

const longestWaitMs = 10_000;

/** Waits for the host's answer to a command: taken, or why it was refused. */
export async function answerTo(
  buildFolder: string,
  id: string,
): Promise<"taken" | { readonly refused: string }> {
  const follower = new JournalFollower(join(buildFolder, journalName));
  const until = Date.now() + longestWaitMs;
  try {
    while (Date.now() < until) {
      for (const event of follower.poll()) {
        if (event.type !== "command-taken" || event.id !== id) continue;
        return event.refused === undefined ? "taken" : { refused: event.refused };
      }
      await wait(20);
    }
    return { refused: "the build's host does not answer" };
  } finally {
    follower.close();
  }
}
