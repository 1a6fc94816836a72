// Invariant: a table is told by its columns alone; its header may be cut off or in another language.
import type { Candidate } from "./candidate.ts";
import { longestSpan } from "./problem-draft.ts";
import type { RecentLines } from "./recent-lines.ts";
import { isUndefinedRow } from "./rules/linkers.ts";

/**
 * The table of undefined symbols that the illumos link-editor prints above its last word.
 *
 * @param number 1-based line of that last word
 * @returns undefined when no row stands above it
 */
export function undefinedTable(recent: RecentLines, number: number): Candidate | undefined {
  let first = number;
  while (number - first < longestSpan - 2 && isUndefinedRow(recent.at(first - 1)?.text ?? ""))
    first--;
  if (first === number) return undefined;
  const from = recent.at(first);
  const to = recent.at(number - 1);
  if (from === undefined || to === undefined) return undefined;
  const rows = number - first;
  const name = from.text.trim().split(/\s{2,}|\t/)[0] ?? "";
  const more = rows > 1 ? ` and ${String(rows - 1)} more` : "";
  return {
    reading: {
      form: {
        kind: "symbol-undefined",
        role: "fatal",
        anchors: [],
        pattern: /$/,
        say: () => `Nothing that is linked defines ${name}${more}`,
      },
      parts: { name },
      text: from.text,
    },
    first,
    last: number - 1,
    start: from.offset,
    end: to.end,
    confirmed: true,
  };
}
