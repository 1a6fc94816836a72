// Invariant: an expected failure is a value with a stable `kind`; a thrown error is a bug.

/** Either a value or an expected failure. */
export type Result<T, E = Failure> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: E };

/** What can go wrong by no fault of the program. The exit code of each is in exit-codes.ts. */
export type FailureKind =
  | "usage"
  | "bad-input"
  | "no-workspace"
  | "cannot-write"
  | "owned-by-another"
  | "missing-tool"
  | "build-failed";

/** An expected failure: one sentence of what is wrong, and what to do next. */
export interface Failure {
  readonly kind: FailureKind;
  /** One plain sentence; names the file and line where there is one. */
  readonly message: string;
  /** What to do next, one sentence. */
  readonly advice?: string;
}

/** A success. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** An expected failure as a result. */
export function fail(
  kind: FailureKind,
  message: string,
  advice?: string,
): { readonly ok: false; readonly failure: Failure } {
  return {
    ok: false,
    failure: advice === undefined ? { kind, message } : { kind, message, advice },
  };
}
