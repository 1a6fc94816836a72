// Invariant: every kind of failure has exactly one exit code.
import type { FailureKind } from "./result.ts";

/** Exit code by kind of failure (sysexits.h where it has one; 2 is what make uses). */
export const exitCodes: Readonly<Record<FailureKind, number>> = {
  usage: 64,
  "bad-input": 65,
  "no-workspace": 66,
  "missing-tool": 69,
  "cannot-write": 73,
  "owned-by-another": 75,
  "build-failed": 2,
};

/** Exit codes of a build that was stopped: 128 + the signal's number. */
export const stoppedBy = { SIGINT: 130, SIGTERM: 143 } as const;
