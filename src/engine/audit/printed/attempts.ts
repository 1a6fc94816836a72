// Invariant: an attempt is what the journal says of it; whether its logs are still there is not asked.
import { basename, join } from "node:path";
import { buildFolders } from "../../journal/builds.ts";
import type { JournalEvent } from "../../journal/events.ts";
import { JournalFollower } from "../../journal/follow.ts";
import { journalName } from "../../journal/writer.ts";

/** One run of a stage. Times are milliseconds of the epoch. */
export interface Attempt {
  /** Name of the build's folder. */
  readonly build: string;
  readonly stage: string;
  /** Absolute: the stage's output, then the further logs that are kept with the build. */
  readonly logs: readonly [string, ...string[]];
  readonly startedAt: number;
  /** Undefined while it runs, or when nobody saw its end. */
  readonly endedAt?: number;
  readonly isGood: boolean;
  /** Steps that its output showed. */
  readonly steps: readonly {
    readonly name: string;
    readonly at: number;
    /** Offset in the output. */
    readonly start: number;
  }[];
}

/** As many builds are looked at before it is said that there is none. */
const mostBuilds = 20;

/** The runs of all stages in the newest builds, the newest run first. `logFolder`: that of all builds. */
export function* readAttempts(logFolder: string): Generator<Attempt> {
  for (const folder of buildFolders(logFolder).slice(0, mostBuilds)) {
    const follower = new JournalFollower(join(folder, journalName));
    const events = follower.poll();
    follower.close();
    yield* attemptsOf(folder, events).reverse();
  }
}

type Open = { -readonly [Name in keyof Attempt]: Attempt[Name] } & {
  steps: Attempt["steps"][number][];
};

function attemptsOf(folder: string, events: readonly JournalEvent[]): Attempt[] {
  const attempts = new Map<string, Open>();
  for (const event of events) {
    if (event.type === "stage-started") {
      const { stage, attempt, log, furtherLogs, at } = event;
      attempts.set(`${stage} ${attempt}`, {
        build: basename(folder),
        stage,
        logs: [join(folder, log), ...furtherLogs.map(({ keptAs }) => join(folder, keptAs))],
        startedAt: Date.parse(at),
        isGood: false,
        steps: [],
      });
    } else if (event.type === "step") {
      const open = attempts.get(`${event.stage} ${event.attempt}`);
      if (open === undefined || basename(open.logs[0]) !== event.span.log) continue;
      const { step, at, span } = event;
      open.steps.push({ name: step.name, at: Date.parse(at), start: span.start });
    } else if (event.type === "stage-ended") {
      const open = attempts.get(`${event.stage} ${event.attempt}`);
      if (open === undefined) continue;
      open.endedAt = Date.parse(event.at);
      open.isGood = event.outcome === "succeeded";
    }
  }
  return [...attempts.values()];
}
