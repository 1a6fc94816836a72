// Invariant: pure; the state depends on the events alone, any prefix of any journal folds without
// a throw, and an event that does not fit (unknown stage, ended attempt) changes nothing but lastSeq.
import type { EventBody, JournalEvent, PlannedStage, Problem } from "./events.ts";
import type { Attempt, BuildState, StageState } from "./state.ts";

type EventOf<T extends EventBody["type"]> = Extract<JournalEvent, { type: T }>;

/** The state after one more event; undefined until the journal's first `build-started`. */
export function fold(state: BuildState | undefined, event: JournalEvent): BuildState | undefined {
  if (event.type === "build-started") return state ?? started(event);
  if (state === undefined || event.seq <= state.lastSeq) return state;
  return { ...apply(state, event), lastSeq: event.seq };
}

/** The state after all these events. */
export function foldAll(events: Iterable<JournalEvent>): BuildState | undefined {
  let state: BuildState | undefined;
  for (const event of events) state = fold(state, event);
  return state;
}

function started(event: EventOf<"build-started">): BuildState {
  return {
    build: event.build,
    program: event.program,
    workspace: event.workspace,
    layout: event.layout,
    targets: event.targets,
    keepGoing: event.keepGoing,
    ...(event.jobs === undefined ? {} : { jobs: event.jobs }),
    ...(event.onEnd === undefined ? {} : { onEnd: event.onEnd }),
    umask: event.umask,
    ...(event.sources === undefined ? {} : { sources: event.sources }),
    state: "running",
    startedAt: event.at,
    stages: event.plan.map(planned),
    problems: [],
    artefacts: [],
    hosts: [],
    lastSeq: event.seq,
    notes: [],
  };
}

function planned(stage: PlannedStage): StageState {
  return {
    name: stage.name,
    ...(stage.group === undefined ? {} : { group: stage.group }),
    state: stage.run ? "pending" : "skipped",
    planned: stage.run,
    ...(stage.made === undefined ? {} : { made: stage.made }),
    ...(stage.weight === undefined ? {} : { weight: stage.weight }),
    reasons: stage.reasons,
    removes: stage.removes,
    attempts: [],
  };
}

function apply(
  state: BuildState,
  event: Exclude<JournalEvent, { type: "build-started" }>,
): BuildState {
  switch (event.type) {
    case "host-started":
      return {
        ...state,
        hosts: [...state.hosts, { host: event.host, at: event.at, lock: event.lock }],
      };
    case "logs-dropped":
      return state;
    case "stage-started":
      return startStage(state, event);
    case "stage-process":
      return changeAttempt(state, event, { wrapper: event.wrapper });
    case "step":
      return takeStep(state, event);
    case "problem":
      return { ...state, problems: withProblem(state.problems, event.problem) };
    case "problem-dropped":
      return { ...state, problems: state.problems.filter(({ id }) => id !== event.id) };
    case "log-truncated":
      return withNote(
        state,
        `${event.log} became shorter while it was read (${event.from} to ${event.to} bytes)`,
      );
    case "stage-ended":
      return endStage(state, event);
    case "stage-skipped":
      return changeStage(state, event.stage, (stage) => ({
        ...without(stage, "isAskedFor"),
        state: "skipped",
        reasons: [event.reason],
      }));
    case "command-taken":
      return event.command === "retry" && event.refused === undefined
        ? retryStage(state, event)
        : state;
    case "stopping":
      return {
        ...state,
        stopping: { signal: event.signal, at: event.at, graceSeconds: event.graceSeconds },
      };
    case "build-ended":
      return {
        ...state,
        state: event.outcome,
        endedAt: event.at,
        durationMs: event.durationMs,
        exitCode: event.exitCode,
        artefacts: event.artefacts,
      };
  }
}

function startStage(state: BuildState, event: EventOf<"stage-started">): BuildState {
  const attempt: Attempt = {
    number: event.attempt,
    state: "running",
    argv: event.argv,
    cwd: event.cwd,
    log: event.log,
    status: event.status,
    furtherLogs: event.furtherLogs,
    startedAt: event.at,
    ...(event.fingerprint === undefined ? {} : { fingerprint: event.fingerprint }),
  };
  const next = changeStage(state, event.stage, (stage) =>
    stage.attempts.some(({ number }) => number >= event.attempt)
      ? stage
      : {
          ...without(stage, "isAskedFor"),
          state: "running",
          attempts: [...stage.attempts.map(withoutTrail), attempt],
        },
  );
  return {
    ...next,
    problems: next.problems.filter(
      ({ stage, attempt: number }) => stage !== event.stage || number >= event.attempt,
    ),
  };
}

/**
 * The stage waits again, and the build goes on; so do the planned stages that were given up, unless
 * what they were given up for is still there.
 */
function retryStage(state: BuildState, { stage: name, at }: EventOf<"command-taken">): BuildState {
  const idle = state.endedAt === undefined ? 0 : Date.parse(at) - Date.parse(state.endedAt);
  const idleMs = (state.idleMs ?? 0) + (idle > 0 ? idle : 0);
  const goOn = state.keepGoing || !state.stages.some((one) => one.name !== name && isLost(one));
  return {
    ...without(state, "endedAt", "durationMs", "exitCode", "stopping"),
    ...(idleMs === 0 ? {} : { idleMs }),
    state: "running",
    artefacts: [],
    stages: state.stages.map((stage): StageState => {
      if (stage.name === name) return { ...stage, state: "pending", isAskedFor: true };
      const isGivenUp = stage.planned && stage.state === "skipped";
      return isGivenUp && goOn ? { ...stage, state: "pending" } : stage;
    }),
  };
}

function isLost({ state }: StageState): boolean {
  return state === "failed" || state === "interrupted";
}

/** Steps kept of one attempt, and of a build; those of a real tree are far fewer. */
const mostSteps = 2000;
const mostStepsOfBuild = 10_000;
/** Notes kept; a log that is made shorter again and again says nothing new. */
const mostNotes = 100;

function takeStep(state: BuildState, event: EventOf<"step">): BuildState {
  const { step, span } = event;
  const kept = state.stages.reduce((sum, { attempts }) => sum + stepsKept(attempts.at(-1)), 0);
  return changeAttempt(state, event, (attempt) => {
    const trail = attempt.trail ?? [];
    if (trail.length >= mostSteps || kept >= mostStepsOfBuild) return { step };
    return { step, trail: [...trail, { step, startedAt: event.at, span }] };
  });
}

function stepsKept(attempt: Attempt | undefined): number {
  return attempt?.trail?.length ?? 0;
}

/** Steps of an earlier attempt stand in its log; a day of retries must not pile them up here. */
function withoutTrail(attempt: Attempt): Attempt {
  return attempt.trail === undefined ? attempt : without(attempt, "trail");
}

function withNote(state: BuildState, note: string): BuildState {
  const isFull = state.notes.length >= mostNotes;
  return isFull ? state : { ...state, notes: [...state.notes, note] };
}

function endStage(state: BuildState, event: EventOf<"stage-ended">): BuildState {
  const changed = changeAttempt(state, event, {
    state: event.outcome,
    endedAt: event.at,
    durationMs: event.durationMs,
    ...(event.exitCode === undefined ? {} : { exitCode: event.exitCode }),
    ...(event.reason === undefined ? {} : { reason: event.reason }),
    ...(event.leftovers === undefined ? {} : { leftovers: event.leftovers }),
    ...(event.fingerprint === undefined ? {} : { fingerprint: event.fingerprint }),
    ...(event.steps === undefined ? {} : { steps: event.steps }),
    ...(event.changes === undefined ? {} : { changes: event.changes }),
    ...(event.result === undefined ? {} : { result: event.result }),
  });
  if (changed === state) return state;
  const problems = inOrder(changed.problems, event.stage, event.problems ?? []);
  return changeStage({ ...changed, problems }, event.stage, (stage) => ({
    ...stage,
    state: event.outcome,
  }));
}

/** The stage's problems in the order of these ids, at the places its problems had. */
function inOrder(
  problems: readonly Problem[],
  stage: string,
  ids: readonly string[],
): readonly Problem[] {
  if (ids.length === 0) return problems;
  const place = new Map(ids.map((id, index) => [id, index]));
  const placeOf = ({ id }: Problem): number => place.get(id) ?? ids.length;
  const own = problems
    .filter((problem) => problem.stage === stage)
    .sort((one, other) => placeOf(one) - placeOf(other))
    .values();
  return problems.map((problem) =>
    problem.stage === stage ? (own.next().value ?? problem) : problem,
  );
}

/** Changes a running attempt; an attempt that is unknown or has ended stays as it is. */
function changeAttempt(
  state: BuildState,
  { stage: name, attempt: number }: { readonly stage: string; readonly attempt: number },
  change: Partial<Attempt> | ((attempt: Attempt) => Partial<Attempt>),
): BuildState {
  const running = state.stages
    .find((stage) => stage.name === name)
    ?.attempts.find((attempt) => attempt.number === number && attempt.state === "running");
  if (running === undefined) return state;
  const changed = { ...running, ...(typeof change === "function" ? change(running) : change) };
  return changeStage(state, name, (stage) => ({
    ...stage,
    attempts: stage.attempts.map((attempt) => (attempt === running ? changed : attempt)),
  }));
}

function changeStage(
  state: BuildState,
  name: string,
  change: (stage: StageState) => StageState,
): BuildState {
  return {
    ...state,
    stages: state.stages.map((stage) => (stage.name === name ? change(stage) : stage)),
  };
}

function withProblem(problems: readonly Problem[], problem: Problem): Problem[] {
  const isKnown = problems.some(({ id }) => id === problem.id);
  return isKnown
    ? problems.map((known) => (known.id === problem.id ? problem : known))
    : [...problems, problem];
}

function without<T extends object, K extends keyof T>(value: T, ...keys: K[]): Omit<T, K> {
  const left = { ...value };
  for (const key of keys) Reflect.deleteProperty(left, key);
  return left;
}
