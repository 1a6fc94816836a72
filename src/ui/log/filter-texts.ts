// Invariant: pure; a text that begins with `!` says what to leave out, any other what to show.
import type { Piece } from "../model.ts";

/** True for a text that means itself. Expressions run in the log's worker alone. */
export function isPlainText(text: string): boolean {
  return /^[\w ,/=:-]+$/.test(text);
}

/** Where such texts of a filter stand in a line, so that a long one is shown from there on. */
export function plainMatches(texts: readonly string[], line: string): readonly Piece[] {
  return texts.flatMap((text): Piece[] => {
    if (!isPlainText(text)) return [];
    const start = (text === text.toLowerCase() ? line.toLowerCase() : line).indexOf(text);
    return start < 0 ? [] : [{ start, end: start + text.length }];
  });
}

/** The filters that typed texts stand for. */
export function filterTexts(texts: readonly string[]): {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
} {
  const isExclude = (text: string): boolean => text.startsWith("!");
  return {
    include: texts.filter((text) => !isExclude(text)),
    exclude: texts.filter(isExclude).map((text) => text.slice(1)),
  };
}
