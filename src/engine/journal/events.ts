// Invariant: an event is plain JSON data holding ids, offsets and short texts, never live objects;
// members are only ever added, so every older journal stays readable.

/** Version of the event format; docs/events.md describes it. */
export const eventVersion = 1;

/** Where a stage or build stands. `skipped`: up to date, or given up because a need failed. */
export type RunState = "pending" | "running" | "succeeded" | "failed" | "skipped" | "interrupted";

/** What ended a stage or build. */
export type Outcome = "succeeded" | "failed" | "interrupted";

/** A process that is not mistaken for another one after its pid was used again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in the unit of the system (Linux: clock ticks after boot; SunOS: ns of the epoch). */
  readonly start: string;
  /** Differs after each boot. */
  readonly boot: string;
}

/** One line of the plan: what will be done with a stage, and why. */
export interface PlannedStage {
  readonly name: string;
  /** The group the stage is shown under and can be asked for by, e.g. `world`. */
  readonly group?: string;
  readonly run: boolean;
  /** What was there of it: nothing or not all of its products (it is built from scratch), or all. */
  readonly made?: "nothing" | "all";
  /** Its usual part of the time of a build, in that of a small stage; absent: 1. */
  readonly weight?: number;
  /** One short sentence each; empty only when `run` is false. */
  readonly reasons: readonly string[];
  /** Paths below the workspace that are removed before the stage starts, so that make notices. */
  readonly removes: readonly string[];
}

/** HEAD and uncommitted changes of a repository, or of a part of it. */
export interface RepositoryMark {
  /** Folder below the workspace, `.` for the workspace itself; with `:path` for a part. */
  readonly name: string;
  /** Commit id (for a part: tree id). */
  readonly head: string;
  /** Hash of the uncommitted changes of tracked files; empty when there are none. */
  readonly changes: string;
  /** Commit id of the repository, for a part of it. */
  readonly commit?: string;
}

/** What a stage's success was made from; compared by the next plan. */
export interface Fingerprint {
  readonly repositories: readonly RepositoryMark[];
  /** SHA-256 (first 16 hex digits) of the source text of each setting the stage reads. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What a build was made from, as it was when the build began. */
export interface Sources extends Fingerprint {
  /** SHA-256 (first 16 hex digits) of the files that configure reads, by name in the workspace. */
  readonly fragments: Readonly<Record<string, string>>;
}

/** A commit that came after the last good build. */
export interface Commit {
  /** As `RepositoryMark.name`. */
  readonly repository: string;
  /** Abbreviated. */
  readonly id: string;
  /** Cleaned, at most 100 characters. */
  readonly subject: string;
  /** True when it changes a file that a problem of the stage names. */
  readonly touches?: boolean;
}

/** What differs from the last good build of a stage. */
export interface StageChanges {
  /** Name of that build, and when it began (ISO 8601). */
  readonly build: string;
  readonly at: string;
  /** Those that touch a named file first, then newest first; at most 10. */
  readonly commits: readonly Commit[];
  /** Number of commits in all; absent when `commits` has them all. */
  readonly commitCount?: number;
  /** Repositories whose commits git cannot list: the old HEAD is gone. */
  readonly unlisted?: readonly string[];
  /** Changed files that are not committed, below the workspace, named ones first; at most 10. */
  readonly uncommitted: readonly string[];
  /** Names of settings, and fragments, with another value or text. */
  readonly settings: readonly string[];
  readonly fragments: readonly string[];
}

/** The component that should have installed a path. */
export interface Installer {
  /** e.g. `extra/curl`, `illumos`, `overlay/generic`. */
  readonly component: string;
  /** Why it is thought so, one short sentence; it is a guess unless `certain`. */
  readonly why: string;
  readonly certain: boolean;
  /** Ids of problems that its part of the logs has, at most 5. */
  readonly problems?: readonly string[];
  /** Its Makefile, below the workspace; absent where it has none of its own. */
  readonly makefile?: string;
  /** The last build that delivered the path; absent where none is known. */
  readonly delivered?: LastDelivery;
}

/** What is known of a path that an earlier image got. */
export interface LastDelivery {
  /** Name of the build. */
  readonly build: string;
  /** Files of the component, below the workspace, that changed since, at most 10; absent: not known. */
  readonly changed?: readonly string[];
}

/** A sub-step of a stage, e.g. the component curl, 3 of 7. */
export interface Step {
  readonly name: string;
  /** 1-based. */
  readonly index?: number;
  /** Known from the Makefile or from the last good build; absent when neither is known. */
  readonly total?: number;
  /** Shares of the stage's usual time, 0 to 1, that are over when it begins and when it ends. */
  readonly part?: { readonly from: number; readonly to: number };
}

/** A place in a log: byte offsets of the first byte and of the byte after the last. */
export interface LogSpan {
  /** File name below the build's folder. */
  readonly log: string;
  readonly start: number;
  readonly end: number;
}

/** Something that is wrong, found while the build runs. */
export interface Problem {
  /** Unique in its build. */
  readonly id: string;
  /** Stable; see the table in diagnosis/advice.ts. */
  readonly kind: string;
  readonly stage: string;
  readonly attempt: number;
  /** One plain sentence, at most 200 characters. */
  readonly summary: string;
  readonly advice?: string;
  readonly span?: LogSpan;
  /** The delivered path, for problems of the manifest. */
  readonly path?: string;
  /** Manifest that asks for it, below the workspace, and its 1-based line. */
  readonly manifest?: string;
  readonly manifestLine?: number;
  /** Folders that were searched for it in vain, below the workspace, in order. */
  readonly searched?: readonly string[];
  /** Names like it that are there, below the workspace, nearest first; at most 5. */
  readonly near?: readonly string[];
  readonly installer?: Installer;
  /** Source file and 1-based line that the log names. */
  readonly file?: string;
  readonly line?: number;
  /** First and last line of the span in its log, 1-based, split on \n only. */
  readonly lines?: readonly [first: number, last: number];
  /** What was being built, e.g. a component; absent where the log does not tell. */
  readonly component?: string;
  /** Folder the failed command ran in, where the log tells. */
  readonly folder?: string;
  /** How often it was printed. */
  readonly count?: number;
  /** Lines that only follow from it. */
  readonly followOn?: readonly (readonly [first: number, last: number])[];
}

/** All that can happen in a build. */
export type EventBody =
  | {
      readonly type: "build-started";
      readonly build: string;
      readonly program: string;
      readonly workspace: string;
      readonly layout: "classic" | "modern";
      readonly targets: readonly string[];
      readonly keepGoing: boolean;
      /** MAX_JOBS given with -j; absent: left to the tree. */
      readonly jobs?: number;
      readonly umask: number;
      readonly plan: readonly PlannedStage[];
      /** Command run when the build ends. */
      readonly onEnd?: string;
      /** Environment variables that the stages get with another value than the asking command's. */
      readonly environment: Readonly<Record<string, string | null>>;
      /** What the stages are built from. */
      readonly sources?: Sources;
    }
  | {
      readonly type: "host-started";
      readonly host: ProcessIdentity;
      readonly lock: number;
      /** True when an earlier host of this build died. */
      readonly adopted: boolean;
      /** The dead process whose lock was taken over, and the machine it ran on. */
      readonly takenFrom?: { readonly pid: number; readonly machine: string };
    }
  /** Logs of earlier builds that make room by the rule for them; told before they go. */
  | {
      readonly type: "logs-dropped";
      readonly builds: readonly {
        readonly build: string;
        readonly bytes: number;
      }[];
      /** The rule: logs of so many builds are kept, and so many bytes of logs in all. */
      readonly keepBuilds: number;
      readonly keepBytes: number;
    }
  | {
      readonly type: "stage-started";
      readonly stage: string;
      readonly attempt: number;
      readonly argv: readonly string[];
      readonly cwd: string;
      /** Variables set or (null) taken away for this stage; secrets masked. */
      readonly environment: Readonly<Record<string, string | null>>;
      /** Files below the build's folder. */
      readonly log: string;
      readonly status: string;
      /** Further logs the stage writes, below the workspace, and the copies kept with the build. */
      readonly furtherLogs: readonly { readonly path: string; readonly keptAs: string }[];
      readonly removed: readonly string[];
      /** What a repeated attempt is built from; a first one from what the request says. */
      readonly fingerprint?: Fingerprint;
    }
  | {
      readonly type: "stage-process";
      readonly stage: string;
      readonly attempt: number;
      /** The wrapper; its pid is the id of the stage's session. */
      readonly wrapper: ProcessIdentity;
    }
  | {
      readonly type: "step";
      readonly stage: string;
      readonly attempt: number;
      readonly step: Step;
      readonly span: LogSpan;
    }
  /** A problem, or a new version of the one with the same id. */
  | { readonly type: "problem"; readonly problem: Problem }
  /** What looked like a problem was none. */
  | {
      readonly type: "problem-dropped";
      readonly stage: string;
      readonly attempt: number;
      readonly id: string;
    }
  | {
      readonly type: "log-truncated";
      readonly stage: string;
      readonly attempt: number;
      readonly log: string;
      /** Bytes read before, and the length found. */
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly type: "stage-ended";
      readonly stage: string;
      readonly attempt: number;
      readonly outcome: Outcome;
      /** Absent when no status was written. */
      readonly exitCode?: number;
      readonly durationMs: number;
      readonly reason?: string;
      /** Processes that outlived the stage and were named, not ended. */
      readonly leftovers?: readonly string[];
      /** Present on success. */
      readonly fingerprint?: Fingerprint;
      /** Number of steps seen; the next build's total. */
      readonly steps?: number;
      /** Ids of its problems, the cause first. */
      readonly problems?: readonly string[];
      /** What differs from its last good build; on failure, where there was one. */
      readonly changes?: StageChanges;
      /** What it says of what it found, e.g. `audit: 2 new, 14 known`; cleaned, at most 200 columns. */
      readonly result?: string;
    }
  | { readonly type: "stage-skipped"; readonly stage: string; readonly reason: string }
  | {
      readonly type: "command-taken";
      readonly id: string;
      readonly command: "stop" | "retry" | "unknown";
      /** The stage that is to run again. */
      readonly stage?: string;
      /** Absent when it was carried out. */
      readonly refused?: string;
    }
  | {
      readonly type: "stopping";
      readonly signal: "SIGINT" | "SIGTERM";
      /** Seconds until KILL. */
      readonly graceSeconds: number;
    }
  | {
      readonly type: "build-ended";
      readonly outcome: Outcome;
      readonly exitCode: number;
      readonly durationMs: number;
      readonly artefacts: readonly Artefact[];
    };

/** A file the build made for its user. */
export interface Artefact {
  /** Below the workspace. */
  readonly path: string;
  readonly bytes: number;
  /** Of a platform folder whose boot archive can be read. */
  readonly image?: ImageFill;
}

/** How full the file systems of an image are. */
export interface ImageFill {
  /** The boot archive, below the workspace. */
  readonly archive: string;
  readonly bytes: number;
  readonly volumes: readonly VolumeFill[];
}

/** How full a file system is. */
export interface VolumeFill {
  /** Where it is mounted: `/` or `/usr`. */
  readonly name: string;
  readonly bytes: number;
  readonly usedBytes: number;
  readonly inodes: number;
  readonly usedInodes: number;
}

/** An event as it stands in the journal: a body, numbered and timed. */
export type JournalEvent = {
  readonly v: number;
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  /** Wall clock, ISO 8601 UTC with milliseconds. */
  readonly at: string;
} & EventBody;
