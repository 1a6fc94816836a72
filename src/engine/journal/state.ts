// Invariant: a BuildState is made by fold.ts alone and is never changed in place.
import type {
  Artefact,
  Fingerprint,
  LogSpan,
  Outcome,
  PlannedStage,
  Problem,
  ProcessIdentity,
  RunState,
  Sources,
  StageChanges,
  Step,
} from "./events.ts";

/** A sub-step that has begun, and where its log says so. */
export interface StepRecord {
  readonly step: Step;
  /** When it began; it ended when the next one began, or with the attempt. */
  readonly startedAt: string;
  readonly span: LogSpan;
}

/** One attempt at a stage. Times are ISO 8601. */
export interface Attempt {
  readonly number: number;
  readonly state: RunState;
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Below the build's folder. */
  readonly log: string;
  readonly status: string;
  readonly furtherLogs: readonly { readonly path: string; readonly keptAs: string }[];
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly durationMs?: number;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly step?: Step;
  /** The steps so far, oldest first; absent while there is none, and in all but the latest attempt. */
  readonly trail?: readonly StepRecord[];
  readonly steps?: number;
  readonly wrapper?: ProcessIdentity;
  readonly fingerprint?: Fingerprint;
  readonly leftovers?: readonly string[];
  /** What differs from the stage's last good build; after a failure. */
  readonly changes?: StageChanges;
  /** What it says of what it found. */
  readonly result?: string;
}

/** A stage of the build, in the order of the plan. */
export interface StageState {
  readonly name: string;
  readonly group?: string;
  readonly state: RunState;
  /** False when it was up to date. */
  readonly planned: boolean;
  /** What was there of it when the build was planned; absent in journals of the first version. */
  readonly made?: PlannedStage["made"];
  /** Its usual part of the time of a build; absent: 1. */
  readonly weight?: number;
  /** Why it runs, or why it is skipped. */
  readonly reasons: readonly string[];
  readonly removes: readonly string[];
  /** It waits because somebody asked for it, whatever else has failed. */
  readonly isAskedFor?: true;
  /** Oldest first; empty until it starts. */
  readonly attempts: readonly Attempt[];
}

/** All that is known of a build: the fold of its journal. */
export interface BuildState {
  readonly build: string;
  readonly program: string;
  readonly workspace: string;
  readonly layout: "classic" | "modern";
  readonly targets: readonly string[];
  readonly keepGoing: boolean;
  readonly jobs?: number;
  readonly umask: number;
  readonly onEnd?: string;
  readonly state: RunState;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** What was worked, from the start to the end. */
  readonly durationMs?: number;
  /** Milliseconds between an end and the retry after it, all of them; absent while it is 0. */
  readonly idleMs?: number;
  readonly exitCode?: number;
  /** Set while and after a stop was asked for. */
  readonly stopping?: {
    readonly signal: "SIGINT" | "SIGTERM";
    readonly at: string;
    readonly graceSeconds: number;
  };
  readonly stages: readonly StageState[];
  /** What it was made from; absent in journals of the first version. */
  readonly sources?: Sources;
  /**
   * Problems of the latest attempt of each stage, as found; once it ended, the cause first. Those of
   * earlier attempts are superseded: they stand in the journal and in the logs of those attempts.
   */
  readonly problems: readonly Problem[];
  readonly artefacts: readonly Artefact[];
  /** Every start of a host, oldest first. */
  readonly hosts: readonly {
    readonly host: ProcessIdentity;
    readonly at: string;
    readonly lock: number;
  }[];
  readonly lastSeq: number;
  /** Sentences about damage found in the journal and newer events passed over. */
  readonly notes: readonly string[];
}

export type { Artefact, Outcome, PlannedStage, Problem, RunState, Step };
