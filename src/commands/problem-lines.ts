// Invariant: text of a log reaches the terminal only through its cleaned summary.
/** The fields that JSON lines have, whatever found the problem. */
export interface ShownProblem {
  readonly kind: string;
  readonly summary: string;
  readonly advice: string;
  /** What was being built; for people only. */
  readonly component?: string;
  readonly lines: readonly [first: number, last: number];
  readonly file?: string;
  readonly line?: number;
  readonly count: number;
  readonly followOn: readonly (readonly [first: number, last: number])[];
}

/** One problem as a line of JSON; docs/events.md describes it. */
export function problemJson(problem: ShownProblem): string {
  const { kind, summary, advice, lines, file, line, count, followOn } = problem;
  return `${JSON.stringify({
    kind,
    summary,
    advice,
    lines,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    count,
    followOn,
  })}\n`;
}

/** One problem as a person reads it. */
export function problemText(problem: ShownProblem): string {
  const [first, last] = problem.lines;
  const where = first === last ? `line ${String(first)}` : `lines ${String(first)}-${String(last)}`;
  const times = problem.count > 1 ? `, ${String(problem.count)} times` : "";
  const component = problem.component === undefined ? "" : ` in ${problem.component}`;
  return [
    problem.summary,
    `  ${where}${component}${times} (${problem.kind})`,
    `  ${problem.advice}`,
    "",
  ].join("\n");
}
