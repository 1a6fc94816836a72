// Invariant: a match of a line pattern never holds or looks beyond a newline, so that running it over
// many lines at once finds exactly the lines that match by themselves.
import { fail, ok, type Result } from "../result.ts";
import { patternAtoms, type PatternAtom } from "./pattern-atoms.ts";

/** What to look for; can be sent to another thread. */
export interface LinePattern {
  /** As typed. */
  readonly text: string;
  /** A regular expression that is confined to lines. */
  readonly source: string;
  readonly flags: string;
}

/** How a pattern is read. */
export interface PatternOptions {
  /** The text itself, not a regular expression. */
  readonly isLiteral?: boolean;
  /** `smart` (default): upper and lower case differ only when the pattern has an upper-case letter. */
  readonly letterCase?: "smart" | "exact" | "ignore";
}

/**
 * Makes a pattern of what was typed: a JavaScript regular expression (no flag u), matched within
 * single lines, `^` and `$` at their ends and around carriage returns. Colours of the child are not
 * part of a line's text; earlier states of a progress meter are, though they are not shown.
 *
 * @returns a failure of kind `bad-input` that says what is wrong with the expression
 */
export function linePattern(text: string, options: PatternOptions = {}): Result<LinePattern> {
  const typed = options.isLiteral === true ? text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&") : text;
  const letterCase = options.letterCase ?? "smart";
  const atoms = patternAtoms(typed);
  const ignoresCase =
    letterCase === "ignore" || (letterCase === "smart" && !atoms.some(hasUpperCase));
  const flags = ignoresCase ? "im" : "m";
  try {
    // Checked as typed, so that the reason speaks of what the user sees.
    new RegExp(typed, flags);
    const source = withoutLead(atoms)
      .map((atom) => confine(atom))
      .join("");
    new RegExp(source, flags);
    return ok({ text, source, flags });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const reason = error.message.split(": ").at(-1) ?? "it cannot be read";
    return fail(
      "bad-input",
      `/${text}/ is not a regular expression: ${reason.toLowerCase()}.`,
      "Put a backslash before a character that is meant as itself.",
    );
  }
}

/** The expression for finding one match after another; has a position, so each user needs its own. */
export function compilePattern({ source, flags }: LinePattern): RegExp {
  return new RegExp(source, `g${flags}`);
}

function hasUpperCase({ kind, source }: PatternAtom): boolean {
  switch (kind) {
    case "escape":
    case "dot":
      return false;
    case "class":
      return /\p{Lu}/u.test(source.replace(/\\[^]/g, ""));
    case "other":
      return /\p{Lu}/u.test(source);
  }
}

/**
 * The atoms less a `.*` they begin with: the same lines match without, and with it the time would
 * grow with the square of a line's length.
 */
function withoutLead(atoms: readonly PatternAtom[]): readonly PatternAtom[] {
  if (atoms[0]?.kind !== "dot" || atoms[1]?.source !== "*") return atoms;
  const rest = atoms.slice(atoms[2]?.source === "?" ? 3 : 2);
  return rest.length === 0 ? atoms : withoutLead(rest);
}

/** Replaces an atom that can match a newline by one that cannot. */
function confine({ kind, source }: PatternAtom): string {
  switch (kind) {
    case "other":
      return source === "\n" ? "[]" : source;
    case "dot":
      // A dot would also stop at carriage returns, which progress meters are full of.
      return "[^\\n]";
    case "escape":
      return confineEscape(source);
    case "class":
      if (!new RegExp(`^${source}$`).test("\n")) return source;
      return source.startsWith("[^") ? `[^\\n${source.slice(2)}` : `(?:(?!\\n)${source})`;
  }
}

function confineEscape(source: string): string {
  switch (source) {
    case "\\s":
      return "[^\\S\\n]";
    case "\\W":
      return "[^\\w\\n]";
    case "\\D":
      return "[^\\d\\n]";
    default:
      // The newline itself in one of its spellings; assertions and references match nothing alone.
      return /^\\(?:n|x0[aA]|u000[aA]|c[jJ]|012)$/.test(source) ? "[]" : source;
  }
}
