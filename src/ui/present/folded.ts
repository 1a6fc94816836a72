// Invariant: pure; nothing but blanks at a break is lost, a word (a path that somebody copies) is never
// broken, and what goes on stands under the words that it belongs to.
import { textWidth } from "../text-width.ts";

/** Behind a column this far right a text has no room to go on under itself. */
const lastColumn = 34;

/** A line in lines of at most `width` cells, broken at blanks; one that is log text stays as it is. */
export function folded(line: string, width: number): readonly string[] {
  if (textWidth(line) <= width || /^\s+\| /.test(line)) return [line];
  const column = columnOf(line);
  const hang = column + 20 > width ? 0 : column;
  const lines: string[] = [];
  let current = line.slice(0, column);
  let isEmpty = true;
  for (const word of line.slice(column).split(" ")) {
    const longer = isEmpty ? current + word : `${current} ${word}`;
    if (isEmpty || textWidth(longer) <= width) {
      current = longer;
      isEmpty = false;
      continue;
    }
    lines.push(current.trimEnd());
    current = " ".repeat(hang) + word;
    // The blanks between two sentences end where the line does.
    isEmpty = word === "";
  }
  return [...lines, current];
}

/** Where the words of a line begin: behind its indent, the time of day, or the name of what it tells. */
export function columnOf(line: string): number {
  const time = /^\d+(?::\d\d)+ /.exec(line)?.[0].length;
  if (time !== undefined) return time;
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  if (indent === 0) return 0;
  const named = /^ +\S+(?: \S+)*? {2,}(?=\S)/.exec(line)?.[0].length ?? indent;
  return named <= lastColumn ? named : indent;
}
