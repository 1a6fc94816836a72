// Invariant: a form is data about one format that a program prints; it holds no state.
import type { ProblemKind } from "./kinds.ts";

/**
 * What a line means for the search of the cause.
 * - `certain`: is a failure whatever comes after it
 * - `fatal`: the program that prints it fails, but whoever called it may go on
 * - `likely`: programs print it also when they go on; counts when a failure follows
 * - `outcome`: tells that something failed; the reason stands above, if anywhere
 * - `pointer`: make or its like says which command failed
 * - `ignored`: the failure above it was expected and let pass
 */
export type Role = "certain" | "fatal" | "likely" | "outcome" | "pointer" | "ignored";

/** Named parts of a line: `file`, `line`, `name` (what repeats mean the same problem), `what`. */
export type Parts = Readonly<Record<string, string | undefined>>;

/** One format that a program prints. */
export interface Form {
  readonly kind: ProblemKind;
  readonly role: Role;
  /** Each line of this form holds one of these, of four characters at least: only such lines are
   * tried. */
  readonly anchors: readonly string[];
  /** Groups have the names of `Parts`. */
  readonly pattern: RegExp;
  /** One plain sentence of what happened; without it, the line itself. */
  readonly say?: (parts: Parts) => string;
  /** Lines that follow directly and belong to it. */
  readonly continues?: RegExp;
  /** Kinds of problems above it that follow from what it says. */
  readonly explains?: readonly ProblemKind[] | "all";
  /** What such a line adds to the sentence of a `certain` failure. */
  readonly adds?: (line: string) => string | undefined;
}

/** A form of lines that follow from a failure and say little themselves. */
export function outcome(
  kind: ProblemKind,
  anchors: readonly string[],
  pattern: RegExp,
  say?: (parts: Parts) => string,
): Form {
  return { kind, role: "outcome", anchors, pattern, ...(say === undefined ? {} : { say }) };
}
