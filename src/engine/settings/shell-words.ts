// Invariant: a scan moves past exactly one word of bash, however quotes and substitutions nest in
// it, or throws Unterminated.

/** A place in a text; scans move `offset`. */
export interface Position {
  readonly text: string;
  offset: number;
}

/** Thrown inside this folder only: something is opened and never closed, or closed unopened. */
export class Unterminated extends Error {
  readonly what: string;
  readonly start: number;
  readonly isCloser: boolean;

  constructor(what: string, start: number, isCloser = false) {
    super(what);
    this.what = what;
    this.start = start;
    this.isCloser = isCloser;
  }
}

/** Moves past the commands of a `$(` up to and with its `)`. */
export type CommandScan = (at: Position) => void;

function skipTo(at: Position, close: string, what: string, escapes: boolean): void {
  const start = at.offset - what.length;
  while (at.offset < at.text.length) {
    const character = at.text[at.offset];
    at.offset += 1;
    if (character === close) return;
    if (escapes && character === "\\") at.offset += 1;
  }
  throw new Unterminated(what, start);
}

function doubleQuotes(at: Position, commands: CommandScan): void {
  const start = at.offset;
  at.offset += 1;
  while (at.offset < at.text.length) {
    const character = at.text[at.offset];
    if (character === '"') {
      at.offset += 1;
      return;
    }
    if (character === "\\") at.offset += 2;
    else if (character === "$" && at.text[at.offset + 1] !== '"') dollar(at, commands, true);
    else if (character === "`") backquotes(at);
    else at.offset += 1;
  }
  throw new Unterminated('"', start);
}

function backquotes(at: Position): void {
  at.offset += 1;
  skipTo(at, "`", "`", true);
}

function braces(at: Position, commands: CommandScan, isQuoted: boolean): void {
  const start = at.offset;
  at.offset += 2;
  while (at.offset < at.text.length) {
    const character = at.text[at.offset];
    if (character === "}") {
      at.offset += 1;
      return;
    }
    // Between double quotes a single quote inside ${} is plain text.
    if (isQuoted && character === "'") at.offset += 1;
    else if (!quoted(at, commands)) at.offset += 1;
  }
  throw new Unterminated("${", start);
}

/** The offset behind the `))` that closes arithmetic opened before `from`; undefined when none does. */
export function arithmeticEnd(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === "(") depth += 1;
    else if (text[at] === ")") {
      if (depth === 0) return text[at + 1] === ")" ? at + 2 : undefined;
      depth -= 1;
    }
  }
  return undefined;
}

function dollar(at: Position, commands: CommandScan, isQuoted: boolean): void {
  const { text, offset } = at;
  const next = text[offset + 1];
  if (next === "{") {
    braces(at, commands, isQuoted);
    return;
  }
  if (next === "'" && !isQuoted) {
    at.offset += 2;
    skipTo(at, "'", "$'", true);
    return;
  }
  if (next !== "(") {
    at.offset += 1;
    return;
  }
  const arithmetic = text[offset + 2] === "(" ? arithmeticEnd(text, offset + 3) : undefined;
  if (arithmetic !== undefined) {
    at.offset = arithmetic;
    return;
  }
  at.offset += 2;
  try {
    commands(at);
  } catch (error) {
    // The outermost opening is the one to mend.
    if (error instanceof Unterminated && error.what === "$(") throw new Unterminated("$(", offset);
    throw error;
  }
}

/** Moves past one quoted or substituted part; false when none starts here. */
function quoted(at: Position, commands: CommandScan): boolean {
  switch (at.text[at.offset]) {
    case "\\":
      at.offset += 2;
      return true;
    case "'":
      at.offset += 1;
      skipTo(at, "'", "'", false);
      return true;
    case '"':
      doubleQuotes(at, commands);
      return true;
    case "`":
      backquotes(at);
      return true;
    case "$":
      dollar(at, commands, false);
      return true;
    default:
      return false;
  }
}

/** Words of an array, up to and with its `)`; hands each word's span to `take`. */
export function scanArray(
  at: Position,
  commands: CommandScan,
  take: (start: number, end: number) => void,
): void {
  const start = at.offset;
  at.offset += 1;
  while (at.offset < at.text.length) {
    const character = at.text[at.offset] ?? "";
    if (character === ")") {
      at.offset += 1;
      return;
    }
    if (/[ \t\n]/.test(character)) at.offset += 1;
    else if (character === "\\" && at.text[at.offset + 1] === "\n") at.offset += 2;
    else if (character === "#") {
      const newline = at.text.indexOf("\n", at.offset);
      at.offset = newline < 0 ? at.text.length : newline;
    } else {
      const from = at.offset;
      scanWord(at, commands);
      // A lone operator is a syntax error of bash's; step over it, bash will say so.
      if (at.offset === from) at.offset += 1;
      take(from, at.offset);
    }
  }
  throw new Unterminated("(", start);
}

/** Moves past one word: up to a blank, newline or operator outside quotes and substitutions. */
export function scanWord(at: Position, commands: CommandScan): void {
  const start = at.offset;
  while (at.offset < at.text.length) {
    const character = at.text[at.offset] ?? "";
    if (quoted(at, commands)) continue;
    const isArray =
      character === "(" && /^\w+(\[[^\]]*\])?\+?=$/.test(at.text.slice(start, at.offset));
    if (isArray) {
      scanArray(at, commands, () => undefined);
      return;
    }
    if (/[<>]/.test(character) && at.text[at.offset + 1] === "(") {
      at.offset += 2;
      commands(at);
      continue;
    }
    if (/[ \t\n;&|<>()]/.test(character)) break;
    at.offset += 1;
  }
  at.offset = Math.min(at.offset, at.text.length);
}
