// Invariant: the texts of the tokens, joined, are the file, byte for byte; nothing is ever run.
import { CommandScanner } from "./command-scanner.ts";
import { lineAt, type ShellProblem, type Token } from "./shell-tokens.ts";
import { Unterminated } from "./shell-words.ts";

export interface ShellTokens {
  readonly tokens: readonly Token[];
  readonly problems: readonly ShellProblem[];
  /** Bash reads on, but hardly as meant. */
  readonly warnings: readonly ShellProblem[];
}

const unclosedNames: ReadonlyMap<string, string> = new Map([
  ["'", "a single quote"],
  ['"', "a double quote"],
  ["`", "a backquote"],
  ["$'", "a $' quote"],
]);

/**
 * Cuts a shell file (bytes read as latin1) into tokens. What is never closed becomes one `broken`
 * token to the end, and a problem that names the line where it opens.
 */
export function tokenize(text: string): ShellTokens {
  const at = { text, offset: 0 };
  const scanner = new CommandScanner(at);
  const problems: ShellProblem[] = [];
  const tokens = scanner.tokens;
  try {
    scanner.scan(false);
    for (const { start } of scanner.blocks.slice(0, 1)) {
      const word = /^\S+/.exec(text.slice(start))?.[0] ?? "";
      problems.push({
        line: lineAt(text, start),
        message: `the block that starts with ${word} is never closed`,
      });
    }
  } catch (error) {
    if (!(error instanceof Unterminated)) throw error;
    const last = tokens.at(-1);
    const start = last === undefined ? 0 : last.start + last.text.length;
    const line = lineAt(text, start);
    tokens.push({ kind: "broken", text: text.slice(start), start, line, scope: "top" });
    const name = unclosedNames.get(error.what) ?? error.what;
    problems.push({
      line: lineAt(text, error.start),
      message: error.isCloser
        ? `${name} closes nothing here`
        : `${name} is opened and never closed`,
    });
  }
  return { tokens, problems, warnings: scanner.warnings };
}
