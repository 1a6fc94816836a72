// Invariant: a day of a build as a host could have written it: many stages, some of which fail and
// are run again, problems that stay and that go, hosts that die, logs that became shorter.
import { ownIdentity } from "../../src/engine/process/process-table.ts";
import type { EventBody } from "../../src/engine/journal/events.ts";
import { attemptEnded, attemptStarted, buildStarted, planned } from "./journal-builder.ts";
import { processTable } from "../../src/engine/process/system-processes.ts";

/** Problems that each attempt leaves. */
const lasting = 20;

/** The start of a day with so many stages; this very process stands for its host. */
export function dayBegins(stages: number): EventBody[] {
  const names = Array.from({ length: stages }, (_, index) => stageName(index + 1));
  const plan = [...names, "live"].map((name) => planned(name));
  return [buildStarted(plan, true), hostOfDay(false)];
}

/** What happens in the stage with this number, from 1 on, in some `count` events. */
export function* stageOfDay(number: number, count: number): Generator<EventBody> {
  const stage = stageName(number);
  if (number % 4 !== 0) {
    yield* attempt(stage, 1, count, "succeeded");
    return;
  }
  yield* attempt(stage, 1, count / 2, "failed");
  yield { type: "command-taken", id: stage, command: "retry", stage };
  yield* attempt(stage, 2, count / 2, "succeeded");
}

function* attempt(
  stage: string,
  number: number,
  count: number,
  outcome: "succeeded" | "failed",
): Generator<EventBody> {
  yield* attemptStarted(stage, number);
  for (let index = 1; index <= count; index++) yield middle(stage, number, index, count);
  yield { type: "log-truncated", stage, attempt: number, log: `${stage}.log`, from: 9, to: 0 };
  yield hostOfDay(true);
  yield attemptEnded(stage, outcome, number);
}

/** Steps, and problems: most turn out to be none, some stay. */
function middle(stage: string, attempt: number, index: number, count: number): EventBody {
  const id = `${stage}.${attempt}.${Math.floor(index / 100)}`;
  const log = `${stage}.${attempt}.log`;
  const span = { log, start: index * 60, end: (index + 1) * 60 };
  const isLasting = index % Math.floor(count / lasting) === 50;
  if (isLasting || index % 100 === 50) {
    const summary = `"cmd/${index}.c", line ${index}: undefined symbol: symbol_${index}`;
    const problem = {
      id: isLasting ? `${id}.stays` : id,
      kind: "compile",
      stage,
      attempt,
      summary,
    };
    return { type: "problem", problem: { ...problem, span } };
  }
  if (index % 100 === 60) return { type: "problem-dropped", stage, attempt, id };
  return { type: "step", stage, attempt, step: { name: `library ${index}`, index }, span };
}

function hostOfDay(adopted: boolean): EventBody {
  return { type: "host-started", host: ownIdentity(processTable()), lock: 1, adopted };
}

function stageName(number: number): string {
  return `local/part${number}`;
}
