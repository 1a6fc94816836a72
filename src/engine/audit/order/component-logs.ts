// Invariant: what a component printed is told by the steps in the journal; a build that lost its log
// is passed over.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildFolders } from "../../journal/builds.ts";
import type { JournalEvent } from "../../journal/events.ts";
import { JournalFollower } from "../../journal/follow.ts";
import { journalName } from "../../journal/writer.ts";

/** What one component printed in a build, and how long it took. */
export interface ComponentLog {
  readonly component: string;
  /** As written, continued lines joined. */
  readonly lines: readonly string[];
  /** Milliseconds; the journal knows the times to some tenths of a second. */
  readonly durationMs: number;
}

/** As many builds are looked at before it is said that there is none. */
const mostBuilds = 20;

/**
 * The components of the newest build that built the most of them. `logFolder`: absolute, that of all
 * builds; `stage`: the one whose steps are components.
 */
export function readComponentLogs(
  logFolder: string,
  stage: string,
  components: readonly string[],
): readonly ComponentLog[] {
  let best: readonly ComponentLog[] = [];
  for (const folder of buildFolders(logFolder).slice(0, mostBuilds)) {
    const found = logsOf(folder, stage, components);
    if (found.length > best.length) best = found;
    if (best.length === components.length) break;
  }
  return best;
}

function logsOf(
  folder: string,
  stage: string,
  components: readonly string[],
): readonly ComponentLog[] {
  const follower = new JournalFollower(join(folder, journalName));
  const events = follower.poll();
  follower.close();
  const steps = events.filter(
    (event): event is Extract<JournalEvent, { type: "step" }> =>
      event.type === "step" && event.stage === stage,
  );
  const last = steps.at(-1);
  if (last === undefined) return [];
  // What a component does in a folder of its own may look like a step, too.
  const own = steps.filter(
    ({ attempt, step }) => attempt === last.attempt && components.includes(step.name),
  );
  const end = events.find(
    (event) =>
      event.type === "stage-ended" && event.stage === stage && event.attempt === last.attempt,
  );
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(folder, last.span.log));
  } catch {
    return [];
  }
  return own.map(({ step, span, at }, index): ComponentLog => {
    const next = own[index + 1];
    const text = bytes.toString("utf8", span.start, next?.span.start ?? bytes.length);
    const ended = Date.parse(next?.at ?? end?.at ?? at);
    return {
      component: step.name,
      lines: text.replace(/\\\r?\n\s*/g, " ").split("\n"),
      durationMs: Math.max(0, ended - Date.parse(at)),
    };
  });
}
