// Invariant: any event that a host could ever write can come out, in any order and number; stage
// names are few, so that events meet.
import fc from "fast-check";
import type { EventBody, JournalEvent, Problem } from "../../src/engine/journal/events.ts";
import { buildStarted, hostStarted, numbered, planned } from "./journal-builder.ts";

const names = ["strap", "illumos", "extra/curl", "live"] as const;
const text = fc.string({ unit: "binary", maxLength: 20 });
const outcome = fc.constantFrom("succeeded" as const, "failed" as const, "interrupted" as const);
const attempt = fc.integer({ min: 1, max: 4 });
const size = fc.nat({ max: 1_000_000 });
const identity = fc.record({
  pid: fc.integer({ min: 2, max: 4_000_000 }),
  start: text,
  boot: text,
});
const span = fc.record({ log: text, start: size, end: size });

/** A stage of the plan, or one that the build does not have. */
const stage = fc.constantFrom<string>(...names, "nosuch");
const where = { stage, attempt };

const problem: fc.Arbitrary<Problem> = fc.record(
  {
    ...where,
    id: fc.constantFrom("one", "two", "three", "four"),
    kind: fc.constantFrom("stage-failed", "entry-missing"),
    summary: text,
    span,
    path: text,
    line: fc.nat(),
  },
  { requiredKeys: ["stage", "attempt", "id", "kind", "summary"] },
);

/** Any event but the first. */
const body: fc.Arbitrary<EventBody> = fc.oneof(
  fc.integer({ min: 2, max: 4_000_000 }).map((pid) => hostStarted(pid, true)),
  fc.record({
    type: fc.constant("logs-dropped" as const),
    builds: fc.array(fc.record({ build: text, bytes: size }), { maxLength: 2 }),
    keepBuilds: size,
    keepBytes: size,
  }),
  fc.record({
    ...where,
    type: fc.constant("stage-started" as const),
    argv: fc.array(text, { maxLength: 3 }),
    cwd: text,
    environment: fc.dictionary(text, fc.option(text), { maxKeys: 3 }),
    log: text,
    status: text,
    furtherLogs: fc.array(fc.record({ path: text, keptAs: text }), { maxLength: 2 }),
    removed: fc.array(text, { maxLength: 2 }),
  }),
  fc.record({ ...where, type: fc.constant("stage-process" as const), wrapper: identity }),
  fc.record({
    ...where,
    type: fc.constant("step" as const),
    step: fc.record({ name: text, index: fc.nat(), total: fc.nat() }, { requiredKeys: ["name"] }),
    span,
  }),
  fc.record({ type: fc.constant("problem" as const), problem }),
  fc.record({
    ...where,
    type: fc.constant("problem-dropped" as const),
    id: fc.constantFrom("one", "two", "three"),
  }),
  fc.record({
    ...where,
    type: fc.constant("log-truncated" as const),
    log: text,
    from: size,
    to: size,
  }),
  fc.record(
    {
      ...where,
      type: fc.constant("stage-ended" as const),
      outcome,
      exitCode: fc.nat({ max: 255 }),
      durationMs: size,
      reason: text,
      leftovers: fc.array(text, { maxLength: 2 }),
    },
    { requiredKeys: ["type", "stage", "attempt", "outcome", "durationMs"] },
  ),
  fc.record({ type: fc.constant("stage-skipped" as const), stage, reason: text }),
  fc.record(
    {
      type: fc.constant("command-taken" as const),
      id: text,
      command: fc.constantFrom("stop" as const, "retry" as const, "unknown" as const),
      stage,
      refused: text,
    },
    { requiredKeys: ["type", "id", "command"] },
  ),
  fc.record({
    type: fc.constant("stopping" as const),
    signal: fc.constantFrom("SIGINT" as const, "SIGTERM" as const),
    graceSeconds: fc.constant(10),
  }),
  fc.record({
    type: fc.constant("build-ended" as const),
    outcome,
    exitCode: fc.nat({ max: 255 }),
    durationMs: size,
    artefacts: fc.array(fc.record({ path: text, bytes: size }), { maxLength: 2 }),
  }),
);

/** Events of a build, numbered from 1, the first one its start. */
export const anyJournal: fc.Arbitrary<JournalEvent[]> = fc
  .tuple(fc.boolean(), fc.array(body, { maxLength: 60 }))
  .map(([keepGoing, bodies]) =>
    numbered([
      buildStarted(
        names.map((name) => planned(name)),
        keepGoing,
      ),
      ...bodies,
    ]),
  );
