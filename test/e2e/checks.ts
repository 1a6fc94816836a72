// Invariant: pure; a check counts as passed only when its own test ran to its end without a fault.

/** What each numbered check of a terminal program is about, from 1 on. */
export const checkNames = [
  "start",
  "huge log",
  "no cap",
  "rate",
  "idle",
  "hostile bytes",
  "error jump",
  "root cause first",
  "editor",
  "search",
  "filter with context",
  "follow",
  "stages and estimate",
  "stall",
  "running stays visible",
  "detach and attach",
  "stop semantics",
  "retry",
  "end of run",
  "copy",
  "mouse",
  "terminal signals",
  "resize and narrow",
  "colour and glyphs",
  "pipes and CI",
  "screen reader",
  "forms",
  "manifest browser",
  "help and palette",
  "leaves the terminal clean",
] as const;

/** What the test runner said of one test, as far as it matters here. */
export type Outcome =
  | { readonly kind: "passed"; readonly name: string; readonly file: string; readonly top: boolean }
  | { readonly kind: "failed"; readonly name: string; readonly file: string }
  | { readonly kind: "skipped"; readonly name: string; readonly file: string }
  | { readonly kind: "figure"; readonly text: string; readonly file: string };

export interface CheckResult {
  readonly number: number;
  readonly name: string;
  readonly result: "passed" | "failed" | "skipped" | "not written" | "did not run";
  readonly figures: readonly string[];
}

/** Number of the check that a test file is for: `check-07-error-jump.test.ts` is 7. */
export function checkNumber(file: string): number | undefined {
  const number = /(?:^|\/)check-(\d\d)-[a-z0-9-]+\.test\.ts$/.exec(file)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** The result of every check, from the test files there are and what became of their tests. */
export function checkResults(
  files: readonly string[],
  outcomes: readonly Outcome[],
): readonly CheckResult[] {
  return checkNames.map((name, index) => {
    const number = index + 1;
    const own = outcomes.filter(({ file }) => checkNumber(file) === number);
    const figures = own.flatMap((each) => (each.kind === "figure" ? [each.text] : []));
    const isWritten = files.some((file) => checkNumber(file) === number);
    return { number, name, figures, result: isWritten ? resultOf(number, own) : "not written" };
  });
}

function resultOf(number: number, own: readonly Outcome[]): CheckResult["result"] {
  if (own.some(({ kind }) => kind === "failed")) return "failed";
  if (own.some(({ kind }) => kind === "skipped")) return "skipped";
  const title = `check ${String(number).padStart(2, "0")}: `;
  const hasRun = own.some(
    (each) => each.kind === "passed" && each.top && each.name.startsWith(title),
  );
  return hasRun ? "passed" : "did not run";
}

/** The report: a line a check, and how many of them passed. */
export function reportLines(results: readonly CheckResult[]): readonly string[] {
  const width = Math.max(...checkNames.map(({ length }) => length));
  const passed = results.filter(({ result }) => result === "passed").length;
  return [
    ...results.map(({ number, name, result, figures }) => {
      const head = `${String(number).padStart(2)}  ${name.padEnd(width)}  ${result.padEnd(11)}`;
      return `${head}  ${figures.join("; ")}`.trimEnd();
    }),
    `${passed} of ${checkNames.length}`,
  ];
}
