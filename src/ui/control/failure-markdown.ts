// Invariant: pure; a failure as somebody else can read it: no more than 20 lines of the log.
import type { Attempt, Problem } from "../../engine/journal/state.ts";

const mostLines = 20;

/** What a failure is told with. */
export interface FailureContext {
  readonly attempt: Attempt | undefined;
  /** Lines of the log. */
  readonly proof: readonly string[];
  /** What was built with what, a short text each. */
  readonly versions: readonly string[];
  /** `NAME=value (file:line)` each. */
  readonly settings: readonly string[];
  /** Takes out what is secret. */
  readonly mask: (text: string) => string;
}

/** The failure as Markdown. */
export function failureMarkdown(
  problem: Problem,
  { attempt, proof, versions, settings, mask }: FailureContext,
): string {
  const lines = proof.slice(0, mostLines);
  const fence = "`".repeat(
    Math.max(3, ...lines.map((line) => (/`+/.exec(line)?.[0].length ?? 0) + 1)),
  );
  const text = [
    `**${problem.summary}**`,
    "",
    ...(problem.advice === undefined ? [] : [problem.advice, ""]),
    `Stage ${problem.stage}, attempt ${String(problem.attempt)}`,
    ...(attempt === undefined
      ? []
      : ["", "    " + commandText(attempt.argv), "", `in ${problem.folder ?? attempt.cwd}`]),
    "",
    ...(lines.length === 0 ? [] : [fence, ...lines, fence, ""]),
    ...versions.map((each) => `- ${each}`),
    ...(settings.length === 0 ? [] : ["", "Settings:", "", ...settings.map(indented)]),
  ].join("\n");
  return `${mask(text).trimEnd()}\n`;
}

/** The command as one would type it: without a script of ours around it. */
function commandText(argv: readonly string[]): string {
  const isScript = argv[1] === "-c" && argv.length > 4 && argv[2]?.includes("\n") === true;
  return (isScript ? argv.slice(4) : argv).join(" ");
}

function indented(text: string): string {
  return `    ${text}`;
}
