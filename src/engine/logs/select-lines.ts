// Invariant: a line is selected when one of the included patterns matches it, or there are none, and
// no excluded pattern does.
import { matchLines } from "./match-lines.ts";
import { countNewlines } from "./newlines.ts";

/** Compiled patterns of a search (one included) or a filter. */
export interface LineRules {
  readonly include: readonly RegExp[];
  readonly exclude: readonly RegExp[];
}

/**
 * Selects lines of a piece of log.
 *
 * @param bytes the piece as it stands in the log, with as many newlines as `text`
 * @param mark called with the 0-based index of each selected line, ascending
 */
export function selectLines(
  text: string,
  bytes: Uint8Array,
  rules: LineRules,
  mark: (index: number) => void,
): void {
  const [only] = rules.include;
  if (only !== undefined && rules.include.length === 1 && rules.exclude.length === 0) {
    matchLines(text, only, (index) => {
      mark(index);
      return true;
    });
    return;
  }
  const lines = countNewlines(bytes, 0, bytes.length) + 1;
  const selected = new Uint8Array(lines);
  let some = rules.include.length === 0;
  if (some) selected.fill(1);
  const put = (value: number) => (index: number) => {
    selected[index] = value;
    some = true;
    return true;
  };
  for (const expression of rules.include) matchLines(text, expression, put(1));
  if (!some) return;
  for (const expression of rules.exclude) matchLines(text, expression, put(0));
  for (let at = selected.indexOf(1); at !== -1; at = selected.indexOf(1, at + 1)) mark(at);
}
