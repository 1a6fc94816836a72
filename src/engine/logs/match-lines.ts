// Invariant: a line is marked exactly when the pattern matches within it; a line longer than
// `longLine` is matched in overlapping pieces, so that no pattern sees millions of characters.

/** Longer lines are matched in pieces of this length. */
const longLine = 1 << 14;
/** A match up to this length is found wherever it stands in a long line. */
const overlap = 1 << 11;

/**
 * Finds the lines that match.
 *
 * @param text lines, the last one without its newline
 * @param expression a compiled LinePattern
 * @param mark called with the index of each matching line, 0-based and ascending; `false` ends the
 *   search
 */
export function matchLines(
  text: string,
  expression: RegExp,
  mark: (index: number) => boolean | undefined,
): void {
  let index = 0;
  for (let at = 0; at <= text.length;) {
    const end = shortLinesEnd(text, at);
    if (end > at || text[at] === "\n" || at === text.length) {
      const part = at === 0 && end === text.length ? text : text.slice(at, end);
      const seen = matchShortLines(part, expression, index, mark);
      if (seen === undefined || end >= text.length) return;
      index = seen.index + 1 + newlinesIn(part, seen.at);
      at = end + 1;
    } else {
      const newline = text.indexOf("\n", at);
      const lineEnd = newline === -1 ? text.length : newline;
      if (matchesLong(text.slice(at, lineEnd), expression) && mark(index) === false) return;
      index++;
      at = lineEnd + 1;
      if (newline === -1) return;
    }
  }
}

/** Where the stretch of lines from `at` on ends that are no longer than `longLine`. */
function shortLinesEnd(text: string, at: number): number {
  let end = at;
  while (text.length - end > longLine) {
    const newline = text.lastIndexOf("\n", end + longLine);
    if (newline < end) return end === at ? at : end - 1;
    end = newline + 1;
  }
  return text.length;
}

/** Where a search came to: the start of a line, and its index. */
interface Reached {
  readonly at: number;
  readonly index: number;
}

/** Returns how far lines were counted; undefined when `mark` ended the search. */
function matchShortLines(
  text: string,
  expression: RegExp,
  first: number,
  mark: (index: number) => boolean | undefined,
): Reached | undefined {
  let index = first;
  let at = 0;
  expression.lastIndex = 0;
  while (expression.test(text)) {
    // The end of a match is in the same line as its start.
    const end = expression.lastIndex;
    let newline = text.indexOf("\n", at);
    while (newline !== -1 && newline < end) {
      index++;
      at = newline + 1;
      newline = text.indexOf("\n", at);
    }
    if (mark(index) === false) return undefined;
    if (newline === -1) break;
    index++;
    at = newline + 1;
    expression.lastIndex = at;
  }
  return { at, index };
}

function newlinesIn(text: string, from: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at !== -1; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** Whether a long line matches in one of its pieces. */
function matchesLong(line: string, expression: RegExp): boolean {
  for (let at = 0; at < line.length; at += longLine) {
    // With the character before it, so that `^` does not hold in the middle of the line.
    const from = Math.max(0, at - 1);
    expression.lastIndex = at - from;
    if (expression.test(line.slice(from, at + longLine + overlap))) return true;
  }
  return false;
}
