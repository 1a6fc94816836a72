// Invariant: text of a log reaches the terminal only through its cleaned summary.
import { changeLines } from "../engine/diagnosis/change-text.ts";
import type { Installer, StageChanges } from "../engine/journal/events.ts";

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
  /** Of a build's problem: its id, and the stage it belongs to. */
  readonly id?: string;
  readonly stage?: string;
  /** Of an entry that cannot be delivered; see `Problem` of the journal. */
  readonly path?: string;
  readonly searched?: readonly string[];
  readonly near?: readonly string[];
  readonly installer?: Installer;
  /** What differs from the last good build of the stage; of its first problem only. */
  readonly changes?: StageChanges;
}

/** One problem as a line of JSON; docs/events.md describes it. */
export function problemJson(problem: ShownProblem): string {
  const { kind, summary, advice, lines, file, line, count, followOn } = problem;
  const { id, stage, path, searched, near, installer, changes } = problem;
  return `${JSON.stringify({
    kind,
    summary,
    advice,
    lines,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    count,
    followOn,
    // Absent where undefined.
    ...{ id, stage, path, searched, near, installer, changes },
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
    ...entryLines(problem),
    `  ${problem.advice}`,
    ...(problem.changes === undefined
      ? []
      : changeLines(problem.stage ?? "it", problem.changes).map((line) => `  ${line}`)),
    "",
  ].join("\n");
}

function entryLines({ searched = [], near = [], installer }: ShownProblem): string[] {
  const related = installer?.problems ?? [];
  return [
    ...(searched.length === 0 ? [] : [`  searched: ${searched.join(", ")}`]),
    ...near.map((path) => `  there is ${path}`),
    ...(installer === undefined
      ? []
      : [
          `  ${installer.certain ? "" : "probably "}${installer.component} should install it: ${installer.why}`,
        ]),
    ...(related.length === 0 ? [] : [`  that has problems of its own: ${related.join(", ")}`]),
  ];
}
