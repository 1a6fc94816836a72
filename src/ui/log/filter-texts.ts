// Invariant: pure; a text that begins with `!` says what to leave out, any other what to show.

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
