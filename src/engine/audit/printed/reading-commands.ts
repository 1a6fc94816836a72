// Invariant: a command that only puts files somewhere, or makes and removes them, reads nothing there.

const placing =
  /^[\s({]*(?:(?:do|then|else)\s+)?[\s({]*(?:(?:\S*\/)?(?:g?install|install-sh|g?cp|ln|mv|rm|mkdir|chmod|chown|touch|rsync|for|cd|test|echo)\s|\[|\S*make\[\d+\]: )/;

/** The commands of a line of output that may read the files they name. */
export function readingCommands(line: string): readonly string[] {
  return line.split(/&&|\|\||;/).filter((command) => !placing.test(command));
}
