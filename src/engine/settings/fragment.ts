// Invariant: a Fragment is its bytes plus what they say; joining its tokens gives the bytes back.
import type { Scope, ShellProblem, Token } from "./shell-tokens.ts";
import { tokenize } from "./tokenize.ts";

/** How sure it is that an assignment takes place when the fragment is sourced. */
export type Certainty = "always" | "maybe" | "when-called" | "never";

/** `NAME=value`, `NAME+=value`, with or without export, typeset … */
export interface Assignment {
  readonly kind: "assignment";
  readonly name: string;
  readonly operator: "=" | "+=";
  /** Source text of the right-hand side (latin1). */
  readonly source: string;
  /** Offset of the name and of the right-hand side. */
  readonly start: number;
  readonly valueStart: number;
  readonly line: number;
  readonly certainty: Certainty;
  /** False for typeset -i, -l, -u …, which change the value. */
  readonly isPlain: boolean;
  /** Of export, typeset …: bash expands braces in it, as in any argument. */
  readonly isArgument: boolean;
  /** The whole command it stands in. */
  readonly command: CommandSpan;
}

export interface CommandSpan {
  readonly start: number;
  readonly end: number;
  /** The command holds nothing but this assignment (and export or the like). */
  readonly isAlone: boolean;
  /** Followed by `&&` or `||`. */
  readonly isLinked: boolean;
}

/** A command that takes the value of a variable away, or changes it so that only running it tells. */
export interface Change {
  readonly kind: "unset" | "change";
  readonly name: string;
  readonly line: number;
  readonly certainty: Certainty;
  readonly source: string;
}

/** A command that reads another file into this one. */
export interface Inclusion {
  readonly kind: "source";
  /** Source text of the file's name (latin1). */
  readonly file: string;
  readonly line: number;
  readonly certainty: Certainty;
}

/** `return` or `exit`; eval; any other command. */
export interface OtherCommand {
  readonly kind: "return" | "eval" | "code";
  readonly line: number;
  readonly certainty: Certainty;
  readonly source: string;
}

export type Statement = Assignment | Change | Inclusion | OtherCommand;

/** A fragment: bash as far as fragments need it. */
export interface Fragment {
  /** Absolute, or as given. */
  readonly path: string;
  /** The bytes, read as latin1. */
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly statements: readonly Statement[];
  readonly problems: readonly ShellProblem[];
  readonly warnings: readonly ShellProblem[];
}

interface Command {
  readonly words: readonly Token[];
  readonly end: number;
  readonly certainty: Certainty;
  readonly isLinked: boolean;
  /** Variable of a for or select loop. */
  readonly loopVariable?: Token;
}

const certainties: Readonly<Record<Scope, Certainty>> = {
  top: "always",
  conditional: "maybe",
  function: "when-called",
  subshell: "never",
};

/** Cuts tokens into simple commands, each with what stands before and after it. */
function commandsOf(tokens: readonly Token[]): Command[] {
  const commands: Command[] = [];
  let words: Token[] = [];
  let end = 0;
  let linkBefore = "";
  const finish = (terminator: string): void => {
    const [first] = words;
    if (first !== undefined) {
      const isPiped = /^\|&?$|^&$/.test(terminator) || /^\|&?$/.test(linkBefore);
      const scope = certainties[first.scope];
      const isAfterLink = linkBefore === "&&" || linkBefore === "||";
      const certainty = isPiped ? "never" : scope === "always" && isAfterLink ? "maybe" : scope;
      const isLinked = terminator === "&&" || terminator === "||";
      commands.push({ words, end, certainty, isLinked });
    }
    words = [];
    // A newline after && or | continues the list.
    if (terminator !== "\n" || first !== undefined) linkBefore = terminator;
  };
  for (const [index, token] of tokens.entries()) {
    if (token.kind === "newline") finish("\n");
    else if (token.kind === "operator" && /^([;&|()]|;;&?|;&|&&|\|\||\|&)$/.test(token.text))
      finish(token.text);
    else if (token.kind === "word" && token.role === "reserved") {
      finish(";");
      const next = tokens.slice(index + 1).find((later) => later.kind !== "blank");
      if (/^(for|select)$/.test(token.text) && next?.kind === "word") {
        const certainty = token.scope === "top" ? "maybe" : certainties[token.scope];
        commands.push({ words: [], end: 0, certainty, isLinked: false, loopVariable: next });
      }
    } else if (token.kind === "word" && token.role !== "redirection") {
      words.push(token);
      end = token.start + token.text.length;
    } else if (token.kind === "word" || token.kind === "operator") {
      // Redirections belong to the command's span.
      if (words.length > 0) end = token.start + token.text.length;
    }
  }
  finish("\n");
  return commands;
}

const assignmentWord = /^([A-Za-z_]\w*)(\[[^\]]*\])?(\+?=)/;
const declarations = new Set(["export", "readonly", "declare", "typeset", "local"]);

/** The words of a command as assignments, changes and the like. */
function statementsOf(command: Command, text: string): Statement[] {
  const { words, certainty, loopVariable } = command;
  if (loopVariable !== undefined) {
    const { line, text: name } = loopVariable;
    return [{ kind: "change", name, line, certainty, source: name }];
  }
  const [first] = words;
  if (first === undefined) return [];
  const { line } = first;
  const source = text.slice(first.start, command.end);
  const rest = words.slice(1);
  if (words.every((word) => assignmentWord.test(word.text)))
    return assignments(words, command, first.start, {
      isPlain: true,
      isArgument: false,
      isAlone: words.length === 1,
    });
  if (declarations.has(first.text)) {
    const options = rest.filter((word) => word.text.startsWith("-")).map((word) => word.text);
    // In a function, a declared variable is local unless exported there; outside, local is an error.
    const isLocal =
      first.text === "local" || (certainty === "when-called" && first.text !== "export");
    if (isLocal) return [{ kind: "code", line, certainty, source }];
    const isPlain = options.every((option) => /^-[gxra]+$/.test(option));
    const assigned = rest.filter((word) => assignmentWord.test(word.text));
    const found = assignments(assigned, command, first.start, {
      isPlain,
      isArgument: true,
      isAlone: rest.length - options.length === 1,
    });
    return found.length > 0 ? found : [{ kind: "code", line, certainty, source }];
  }
  const changes = (kind: "unset" | "change", names: readonly string[]): Statement[] =>
    names
      .filter((name) => /^[A-Za-z_]\w*$/.test(name))
      .map((name) => ({ kind, name, line, certainty, source }));
  const code: Statement = { kind: "code", line, certainty, source };
  switch (first.text) {
    case "source":
    case ".":
      return [{ kind: "source", file: rest[0]?.text ?? "", line, certainty }];
    case "return":
    case "exit":
      return [{ kind: "return", line, certainty, source }];
    case "eval":
      return [{ kind: "eval", line, certainty, source }];
    case "unset":
      return rest.some((word) => word.text === "-f")
        ? [code]
        : [
            ...changes(
              "unset",
              rest.map((w) => w.text),
            ),
            code,
          ];
    case "read":
    case "mapfile":
    case "readarray":
    case "getopts":
    case "let":
      return [
        ...changes(
          "change",
          rest.map((word) => word.text.replace(/\W.*$/s, "")),
        ),
        code,
      ];
    case "printf":
      return rest[0]?.text === "-v" ? [...changes("change", [rest[1]?.text ?? ""]), code] : [code];
    default:
      return [...changes("change", assignedInside(source)), code];
  }
}

/** Names that `${NAME:=…}` or `((NAME = …))` in a command may set. */
function assignedInside(source: string): string[] {
  const names = [...source.matchAll(/\$\{([A-Za-z_]\w*):?=/g)].map((match) => match[1] ?? "");
  if (source.startsWith("((")) {
    for (const match of source.matchAll(/([A-Za-z_]\w*)\s*(?:[-+*/%&|^]|<<|>>)?=(?!=)/g))
      names.push(match[1] ?? "");
    for (const match of source.matchAll(/([A-Za-z_]\w*)\s*(?:\+\+|--)/g))
      names.push(match[1] ?? "");
  }
  return names;
}

function assignments(
  words: readonly Token[],
  { certainty, end, isLinked }: Command,
  start: number,
  how: Pick<Assignment, "isPlain" | "isArgument"> & { readonly isAlone: boolean },
): Statement[] {
  const { isPlain, isArgument, isAlone } = how;
  const command = { start, end, isAlone, isLinked };
  return words.map((word) => {
    const [whole = "", name = "", subscript, operator] = assignmentWord.exec(word.text) ?? [];
    const source = word.text.slice(whole.length);
    if (subscript !== undefined)
      return { kind: "change", name, line: word.line, certainty, source };
    return {
      kind: "assignment",
      name,
      operator: operator === "+=" ? "+=" : "=",
      source,
      start: word.start,
      valueStart: word.start + whole.length,
      line: word.line,
      certainty,
      isPlain,
      isArgument,
      command,
    };
  });
}

/** After a `return` or `exit` the rest is not read; after one that only may happen, it may not be. */
function withEarlyEnds(statements: readonly Statement[]): Statement[] {
  let rest: Certainty = "always";
  return statements.map((statement) => {
    const certainty =
      rest === "always" || statement.certainty === "never"
        ? statement.certainty
        : rest === "never"
          ? "never"
          : statement.certainty === "always"
            ? "maybe"
            : statement.certainty;
    if (statement.kind === "return" && certainty === "always") rest = "never";
    // `exit` that may happen ends configure altogether, so what follows it is read or nothing is.
    else if (
      statement.kind === "return" &&
      certainty === "maybe" &&
      statement.source.startsWith("return")
    )
      rest = "maybe";
    return { ...statement, certainty };
  });
}

function lineEndWarnings(text: string): ShellProblem[] {
  const at = text.indexOf("\r\n");
  if (at < 0) return [];
  const line = text.slice(0, at).split("\n").length;
  return [
    { line, message: "the line ends with CR LF; bash takes the CR for a part of the last word" },
  ];
}

/** Reads a fragment from its bytes; never fails: what bash could not read is in `problems`. */
export function parseFragment(path: string, bytes: Uint8Array): Fragment {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const { tokens, problems, warnings } = tokenize(text);
  const statements = commandsOf(tokens).flatMap((command) => statementsOf(command, text));
  const nul = text.indexOf("\0");
  const nuls =
    nul < 0
      ? []
      : [{ line: text.slice(0, nul).split("\n").length, message: "the file holds a NUL byte" }];
  return {
    path,
    text,
    tokens,
    statements: withEarlyEnds(statements),
    problems: [...problems, ...nuls],
    warnings: [...warnings, ...lineEndWarnings(text)],
  };
}
