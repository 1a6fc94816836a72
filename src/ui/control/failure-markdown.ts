// Invariant: pure; a failure as somebody else can read it: no more than 20 lines of the log.
import type { Attempt, Problem } from "../../engine/journal/state.ts";

const mostLines = 20;

/** The failure as Markdown; `mask` takes out what is secret. */
export function failureMarkdown(
  problem: Problem,
  attempt: Attempt | undefined,
  proof: readonly string[],
  versions: readonly string[],
  mask: (text: string) => string,
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
      : ["", "    " + attempt.argv.join(" "), "", `in ${problem.folder ?? attempt.cwd}`]),
    "",
    ...(lines.length === 0 ? [] : [fence, ...lines, fence, ""]),
    ...versions.map((each) => `- ${each}`),
  ].join("\n");
  return `${mask(text).trimEnd()}\n`;
}
