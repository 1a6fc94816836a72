// Invariant: a token is a span of the file, with what it is in its command; spans never overlap.

/** Where a command stands, and so whether it takes effect. */
export type Scope = "top" | "conditional" | "function" | "subshell";

/** A piece of a shell file. Offsets and texts are of bytes read as latin1. */
export interface Token {
  readonly kind:
    | "blank"
    | "newline"
    | "comment"
    | "operator"
    | "word"
    | "here-document"
    /** From something that is never closed to the end of the file. */
    | "broken";
  readonly text: string;
  readonly start: number;
  /** 1-based. */
  readonly line: number;
  readonly scope: Scope;
  /** For words: what it is in its command. */
  readonly role?: "command" | "argument" | "reserved" | "redirection";
}

/** Something in the file that bash cannot read, or reads otherwise than it looks. */
export interface ShellProblem {
  readonly line: number;
  readonly message: string;
}

/** The 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1))
    line += 1;
  return line;
}
