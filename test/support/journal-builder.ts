// Invariant: every journal made here is one that a host could have written, in whole or in part.
import type { EventBody, JournalEvent, PlannedStage } from "../../src/engine/journal/events.ts";

const boot = "71bcae40-dd85-4bf4-9e26-7614e2801c31";
const began = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A line of a plan. */
export function planned(name: string, fields: Partial<PlannedStage> = {}): PlannedStage {
  return { name, run: true, reasons: ["asked for"], removes: [], ...fields };
}

/** Numbers and times bodies, one second apart, from `first` on. */
export function numbered(bodies: readonly EventBody[], first = 1): JournalEvent[] {
  return bodies.map((body, index) => ({
    v: 1,
    seq: first + index,
    at: new Date(began + 1000 * (first + index - 1)).toISOString(),
    ...body,
  }));
}

/** The start of a build with these stages. */
export function buildStarted(plan: readonly PlannedStage[], keepGoing = false): EventBody {
  return {
    type: "build-started",
    build: "0001-20260102T030405Z",
    program: "smartbuild 0.1.0",
    workspace: "/ws",
    layout: "classic",
    targets: [],
    keepGoing,
    umask: 0o022,
    plan,
    environment: { npm_config_x: null, LC_MESSAGES: "C" },
  };
}

/** A host's start. */
export function hostStarted(pid: number, adopted = false): EventBody {
  return { type: "host-started", host: { pid, start: "1", boot }, lock: 1, adopted };
}

/** An attempt from its start to what its wrapper tells. */
export function attemptStarted(stage: string, attempt = 1): EventBody[] {
  const stem = `${stage.replaceAll("/", "+")}.${attempt}`;
  return [
    {
      type: "stage-started",
      stage,
      attempt,
      argv: ["make", stage],
      cwd: "/ws",
      environment: { PWD: "/ws" },
      log: `${stem}.log`,
      status: `${stem}.status`,
      furtherLogs: [],
      removed: [],
    },
    { type: "stage-process", stage, attempt, wrapper: { pid: 100, start: "7", boot } },
  ];
}

/** The end of an attempt. */
export function attemptEnded(
  stage: string,
  outcome: "succeeded" | "failed" | "interrupted",
  attempt = 1,
): EventBody {
  return {
    type: "stage-ended",
    stage,
    attempt,
    outcome,
    durationMs: 1000,
    ...(outcome === "interrupted" ? {} : { exitCode: outcome === "succeeded" ? 0 : 2 }),
    ...(outcome === "succeeded"
      ? { fingerprint: { repositories: [], settings: {} }, steps: 3 }
      : {}),
  };
}

/** The end of a build. */
export function buildEnded(outcome: "succeeded" | "failed" | "interrupted"): EventBody {
  const exitCode = { succeeded: 0, failed: 2, interrupted: 130 }[outcome];
  return { type: "build-ended", outcome, exitCode, durationMs: 9000, artefacts: [] };
}

/** A build in which everything happens that can: failure, retry, steps, problems, stop, adoption. */
export function eventfulBuild(): JournalEvent[] {
  const span = { log: "extra.1.log", start: 5, end: 17 };
  const problem = { id: "extra.1.failed", kind: "stage-failed", stage: "extra", attempt: 1 };
  return numbered([
    buildStarted([
      planned("strap", { run: false, reasons: [] }),
      planned("illumos", { group: "world" }),
      planned("extra", { group: "world" }),
      planned("live"),
    ]),
    hostStarted(10),
    {
      type: "logs-dropped",
      builds: [{ build: "0001-20250102T030405Z", bytes: 5 }],
      keepBuilds: 50,
      keepBytes: 1e10,
    },
    ...attemptStarted("illumos"),
    { type: "step", stage: "illumos", attempt: 1, step: { name: "Tools", index: 1 }, span },
    attemptEnded("illumos", "succeeded"),
    ...attemptStarted("extra"),
    { type: "log-truncated", stage: "extra", attempt: 1, log: "extra.1.log", from: 9, to: 2 },
    { type: "problem", problem: { ...problem, summary: "ld: fatal: no", span } },
    attemptEnded("extra", "failed"),
    { type: "stage-skipped", stage: "live", reason: "extra failed" },
    buildEnded("failed"),
    hostStarted(11, true),
    { type: "command-taken", id: "a", command: "retry", stage: "extra" },
    ...attemptStarted("extra", 2),
    attemptEnded("extra", "succeeded", 2),
    ...attemptStarted("live"),
    { type: "command-taken", id: "b", command: "stop" },
    { type: "stopping", signal: "SIGTERM", graceSeconds: 10 },
    { type: "command-taken", id: "c", command: "unknown", refused: "it is unknown" },
    attemptEnded("live", "interrupted"),
    buildEnded("interrupted"),
  ]);
}
