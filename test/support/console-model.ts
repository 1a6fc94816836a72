// Invariant: a model for tests of what the screen shows of a build; events come a second apart from
// `modelStart` on.
import { foldAll } from "../../src/engine/journal/fold.ts";
import type { EventBody, JournalEvent, PlannedStage } from "../../src/engine/journal/events.ts";
import type { BuildState } from "../../src/engine/journal/state.ts";
import { initialUi, noFacts, type ConsoleModel } from "../../src/ui/model.ts";

export const modelStart = Date.parse("2026-11-23T10:15:00.000Z");

/** A build from scratch of these stages, after some events. */
export function modelBuild(stages: readonly string[], ...bodies: readonly EventBody[]): BuildState {
  const plan = stages.map((name): PlannedStage => ({
    name,
    run: true,
    made: "nothing",
    reasons: ["asked for"],
    removes: [],
  }));
  const first: EventBody = {
    type: "build-started",
    build: "0007-20261123T101500Z",
    program: "0.1.0",
    workspace: "/build/smartos-live",
    layout: "classic",
    targets: [],
    keepGoing: true,
    umask: 0o22,
    plan,
    environment: {},
  };
  const events = [first, ...bodies].map((body, index): JournalEvent => ({
    v: 1,
    seq: index + 1,
    at: new Date(modelStart + index * 1000).toISOString(),
    ...body,
  }));
  const build = foldAll(events);
  if (build === undefined) throw new Error("these events make no build");
  return build;
}

/** A step of a stage's first attempt begins. */
export function stepEvent(stage: string, name: string, index: number, total?: number): EventBody {
  return {
    type: "step",
    stage,
    attempt: 1,
    step: { name, index, ...(total === undefined ? {} : { total }) },
    span: { log: `${stage}.1.log`, start: index, end: index + 1 },
  };
}

/** A problem of a stage's first attempt. */
export function problemEvent(stage: string, id: number, component?: string): EventBody {
  return {
    type: "problem",
    problem: {
      id: `p${id}`,
      kind: "compile-error",
      stage,
      attempt: 1,
      summary: `file${id}.c:${id}: undeclared`,
      file: `src/file${id}.c`,
      line: id,
      ...(component === undefined ? {} : { component }),
    },
  };
}

/** What the screen shows `seconds` after the build's start. */
export function modelOf(
  build: BuildState | undefined,
  seconds: number,
  change: Partial<ConsoleModel> = {},
): ConsoleModel {
  return {
    workspace: { root: "/build/smartos-live", layout: "classic" },
    version: "0.1.0",
    build,
    log: undefined,
    facts: noFacts,
    ui: initialUi,
    size: { columns: 80, rows: 24 },
    now: modelStart + seconds * 1000,
    beat: 0,
    ...change,
  };
}
