// Invariant: pure; a place is a file and a line that a line of a log names, nothing is looked up.

/** A file as the log writes it, and its 1-based line and column. */
export interface NamedPlace {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

const forms: readonly RegExp[] = [
  /"([^"\s]+)", line (\d+)/,
  // make and shells put brackets or quotes around a place; they are no part of the name.
  /(?:^|[\s(])[["'`]*(?!\[)([^\s:()"'`]*[^\s:()"'`\d][^\s:()"'`]*):(\d+)(?::(\d+))?(?=[\]:\s)"'`]|$)/,
  /(?:^|\s)([^\s:()"']+\.\w+)\((\d+)(?:[,:](\d+))?\)/,
  /(?:^|\s)([^\s:()"']+): line (\d+):/,
];

/** The first place that a line names. */
export function namedPlace(text: string): NamedPlace | undefined {
  for (const form of forms) {
    const match = form.exec(text);
    if (match === null) continue;
    const [, file = "", line = "", column] = match;
    return {
      file,
      line: Number(line),
      ...(column === undefined ? {} : { column: Number(column) }),
    };
  }
  return undefined;
}
