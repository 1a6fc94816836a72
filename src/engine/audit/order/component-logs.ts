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
  /** As written, continued lines joined; made anew at each call, since logs are large. */
  readonly lines: () => readonly string[];
  /** Milliseconds; the journal knows the times to some tenths of a second. */
  readonly durationMs: number;
}

/** As many builds are looked at before it is said that there is none. */
const mostBuilds = 20;

/** The components of the newest build that built the most of them. `logFolder`: that of all builds. */
export function readComponentLogs(
  logFolder: string,
  components: readonly string[],
): readonly ComponentLog[] {
  let best: readonly ComponentLog[] = [];
  for (const folder of buildFolders(logFolder).slice(0, mostBuilds)) {
    const found = logsOf(folder, components);
    if (found.length > best.length) best = found;
    if (best.length === components.length) break;
  }
  return best;
}

function logsOf(folder: string, components: readonly string[]): readonly ComponentLog[] {
  const follower = new JournalFollower(join(folder, journalName));
  const events = follower.poll();
  follower.close();
  const own = passOf(events, components);
  const [first] = own;
  if (first === undefined) return [];
  const end = events.find(
    (event) =>
      event.type === "stage-ended" &&
      event.stage === first.stage &&
      event.attempt === first.attempt,
  );
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(folder, first.span.log));
  } catch {
    return [];
  }
  return own.map(({ step, span, at }, index): ComponentLog => {
    const next = own[index + 1];
    const ended = Date.parse(next?.at ?? end?.at ?? at);
    return {
      component: step.name,
      lines: () =>
        bytes
          .toString("utf8", span.start, next?.span.start ?? bytes.length)
          .replace(/\\\r?\n\s*/g, " ")
          .split("\n"),
      durationMs: Math.max(0, ended - Date.parse(at)),
    };
  });
}

type StepEvent = Extract<JournalEvent, { type: "step" }>;

/** The steps of the attempt that built most components: the bootstrap builds fewer than the main pass. */
function passOf(
  events: readonly JournalEvent[],
  components: readonly string[],
): readonly StepEvent[] {
  const passes = new Map<string, StepEvent[]>();
  for (const event of events) {
    // What a component does in a folder of its own may look like a step, too.
    if (event.type !== "step" || !components.includes(event.step.name)) continue;
    const key = `${event.stage} ${event.attempt}`;
    const pass = passes.get(key) ?? [];
    pass.push(event);
    passes.set(key, pass);
  }
  return [...passes.values()].reduce<readonly StepEvent[]>(
    (best, pass) => (pass.length >= best.length ? pass : best),
    [],
  );
}
