// Invariant: the atoms of a pattern, joined, are the pattern; an atom is an escape, a class, a dot or
// one other character.

/** A piece of a regular expression's source. */
export interface PatternAtom {
  readonly kind: "escape" | "class" | "dot" | "other";
  readonly source: string;
}

/** Splits the source of a regular expression (without the flags u and v) into atoms. */
export function patternAtoms(source: string): PatternAtom[] {
  const atoms: PatternAtom[] = [];
  for (let at = 0; at < source.length;) {
    const end = atomEnd(source, at);
    const text = source.slice(at, end);
    atoms.push({ kind: kindOf(text), source: text });
    at = end;
  }
  return atoms;
}

function kindOf(text: string): PatternAtom["kind"] {
  if (text.startsWith("\\")) return "escape";
  if (text.startsWith("[")) return "class";
  return text === "." ? "dot" : "other";
}

const escape =
  /\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|c[A-Za-z]|[1-9][0-9]*|0[0-7]{0,2}|k<[^>]*>|[^])/y;

function atomEnd(source: string, at: number): number {
  if (source[at] === "\\") {
    escape.lastIndex = at;
    return escape.test(source) ? escape.lastIndex : at + 1;
  }
  if (source[at] !== "[") return at + 1;
  let end = source[at + 1] === "^" ? at + 2 : at + 1;
  while (end < source.length && source[end] !== "]") end += source[end] === "\\" ? 2 : 1;
  return Math.min(source.length, end + 1);
}
