// Invariant: a line tells one event, without escape sequences; log text in it was cleaned.
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { clockTime } from "../engine/journal/clock-time.ts";
import type { JournalEvent, LogSpan, Problem } from "../engine/journal/events.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { droppedText } from "../engine/journal/dropped-logs.ts";
import { workedMs } from "../engine/journal/worked.ts";
import { cleanText } from "../engine/logs/clean.ts";

/** The lines that plain output has for an event; none for what only a screen shows. */
export function plainLines(
  event: JournalEvent,
  state: BuildState | undefined,
  folder: string,
): string[] {
  const at = elapsed(state, Date.parse(event.at));
  switch (event.type) {
    case "build-started": {
      const runs = event.plan.filter(({ run }) => run).length;
      return [
        `${event.program}: build ${event.build} of ${event.workspace} (${event.layout}), ` +
          `${runs} of ${event.plan.length} stages to build`,
      ];
    }
    case "host-started": {
      const from = event.takenFrom;
      const lock =
        from === undefined
          ? []
          : [`${at} the lock of a dead host (process ${from.pid}) was taken over`];
      // After the build's end a host comes for a retry, and there was nothing to go on with.
      return event.adopted && state?.state === "running"
        ? [...lock, `${at} a new host has taken over; the build went on meanwhile`]
        : lock;
    }
    case "logs-dropped":
      return [`${at} ${droppedText(event)}`];
    case "stage-started": {
      const stage = state?.stages.find(({ name }) => name === event.stage);
      const again = event.attempt > 1 ? ` (attempt ${event.attempt})` : "";
      return [
        `${at} ${event.stage} started${again}: ${stage?.reasons.map(asItStarts).join("; ") ?? ""}`,
      ];
    }
    case "stage-ended": {
      const seconds = (event.durationMs / 1000).toFixed(1);
      const status = event.exitCode === undefined ? "" : `, status ${event.exitCode}`;
      const reason = event.reason === undefined ? "" : `: ${event.reason}`;
      const left =
        event.leftovers === undefined ? [] : [`${at} still running: ${event.leftovers.join(", ")}`];
      return [
        event.outcome === "succeeded"
          ? `${at} ${event.stage} succeeded in ${seconds} s`
          : `${at} ${event.stage} ${event.outcome} after ${seconds} s${status}${reason}`,
        ...left,
      ];
    }
    case "stage-skipped":
      return [`${at} ${event.stage} skipped: ${event.reason}`];
    case "problem":
      return problemLines(event.problem, at, folder);
    case "log-truncated":
      return [`${at} ${event.log} became shorter while it was read: something truncated it`];
    case "command-taken":
      return event.refused === undefined
        ? []
        : [`${at} ${event.command} refused: ${event.refused}`];
    case "stopping":
      return [`${at} stopping (TERM now, KILL in ${event.graceSeconds} s)`];
    case "problem-dropped":
    case "stage-process":
    case "step":
    case "build-ended":
      return [];
  }
}

/** Said every 30 s while nothing else is. `now`: ms of the epoch. */
export function heartbeat(state: BuildState, now: number): string {
  const running = state.stages.find((stage) => stage.state === "running");
  const step = running?.attempts.at(-1)?.step;
  const place = step === undefined ? "" : ` ${stepText(step)}`;
  return `${elapsed(state, now)} still running: ${running?.name ?? "between stages"}${place}`;
}

/** e.g. `3/7 curl`. */
function stepText({
  name,
  index,
  total,
}: {
  name: string;
  index?: number;
  total?: number;
}): string {
  if (index === undefined) return name;
  return total === undefined ? name : `${index}/${total} ${name}`;
}

/** A reason of the plan once what it waited for is there. */
function asItStarts(reason: string): string {
  const were = / and |stages before it/.test(reason) ? "were" : "was";
  return reason.replace(/ will be built$/, ` ${were} built`);
}

function problemLines(problem: Problem, at: string, folder: string): string[] {
  // A path that could not be delivered says it all; any other cause is read in its surroundings.
  const extract =
    problem.span === undefined || problem.path !== undefined ? [] : extractOf(folder, problem.span);
  return [
    `${at} ${problem.stage}: ${problem.summary}`,
    ...(extract.length > 1 ? extract.map((line) => `      | ${line}`) : []),
    ...(problem.advice === undefined ? [] : [`      ${problem.advice}`]),
  ];
}

const contextBytes = 600;

/** The lines of a log around a span, cleaned; at most a dozen. */
function extractOf(folder: string, { log, start, end }: LogSpan): string[] {
  let file: number;
  try {
    file = openSync(join(folder, log), "r");
  } catch {
    return [];
  }
  try {
    const from = Math.max(0, start - contextBytes);
    const bytes = Buffer.alloc(Math.min(end - from, 8192) + contextBytes);
    const text = bytes.toString("utf8", 0, readSync(file, bytes, 0, bytes.length, from));
    const lines = text.split("\n").slice(from === 0 ? 0 : 1, -1);
    return lines.slice(0, 12).map((line) => cleanText(line));
  } finally {
    closeSync(file);
  }
}

function elapsed(state: BuildState | undefined, at: number): string {
  return clockTime(state === undefined ? 0 : workedMs(state, at));
}
