// Invariant: tokens follow each other without a gap, and a command's scope is known as it is read.
import { lineAt, type Scope, type ShellProblem, type Token } from "./shell-tokens.ts";
import { arithmeticEnd, scanWord, Unterminated, type Position } from "./shell-words.ts";

const operators = [
  ";;&",
  "<<-",
  "<<<",
  "&>>",
  ";;",
  ";&",
  "&&",
  "||",
  "|&",
  "&>",
  ">>",
  "<<",
  ">&",
  "<&",
  ">|",
  "<>",
  ";",
  "&",
  "|",
  "<",
  ">",
  "(",
  ")",
];
const redirections = new Set([
  "<<-",
  "<<<",
  "&>>",
  "&>",
  ">>",
  "<<",
  ">&",
  "<&",
  ">|",
  "<>",
  "<",
  ">",
]);
const continuers = new Set(["then", "do", "else", "elif", "!", "time", "coproc"]);
const closers: ReadonlyMap<string, Block["kind"]> = new Map([
  ["fi", "if"],
  ["done", "loop"],
  ["esac", "case"],
  ["}", "brace"],
] as const);
const openers: ReadonlyMap<string, Block["kind"]> = new Map([
  ["if", "if"],
  ["for", "loop"],
  ["select", "loop"],
  ["while", "loop"],
  ["until", "loop"],
  ["case", "case"],
  ["{", "brace"],
] as const);

interface Block {
  readonly kind: "if" | "loop" | "case" | "brace" | "paren";
  readonly isFunction: boolean;
  readonly start: number;
  /** For case: what comes next. */
  phase: "subject" | "pattern" | "body";
}

interface Pending {
  readonly delimiter: string;
  readonly stripsTabs: boolean;
  readonly start: number;
}

function scanSubstitution(at: Position): void {
  new CommandScanner(at).scan(true);
}

/** One pass over commands, up to the end or to the bracket that closes a `$(`. */
export class CommandScanner {
  readonly tokens: Token[] = [];
  readonly warnings: ShellProblem[] = [];
  readonly blocks: Block[] = [];
  private pending: Pending[] = [];
  private commandStart = true;
  private awaits: "nothing" | "redirection" | "<<" | "<<-" = "nothing";
  private inTest = false;
  private headerBrackets = 0;
  private functionNext = false;
  private line = 1;
  private readonly at: Position;

  constructor(at: Position) {
    this.at = at;
  }

  /** Reads tokens; with `untilBracket` stops behind the `)` that has no `(` here. */
  scan(untilBracket: boolean): void {
    const { text } = this.at;
    while (this.at.offset < text.length) {
      const rest = text.slice(this.at.offset, this.at.offset + 3);
      const first = rest[0] ?? "";
      if (/^[ \t]|^\\\n/.test(rest)) this.take("blank", this.match(/(?:[ \t]|\\\n)+/y));
      else if (first === "\n") this.newline();
      else if (first === "#") this.take("comment", this.match(/[^\n]*/y));
      else if (/^[<>]\(/.test(rest)) this.word();
      else if (rest.startsWith("((") && this.commandStart && !this.inTest) this.arithmetic();
      else {
        const operator = operators.find((candidate) => rest.startsWith(candidate));
        if (operator === undefined) this.word();
        else if (operator === ")" && untilBracket && !this.hasOpenBracket()) {
          this.at.offset += 1;
          return;
        } else this.operator(operator);
      }
    }
    if (untilBracket) throw new Unterminated("$(", this.at.offset);
    for (const { delimiter, start } of this.pending) this.unclosedDocument(delimiter, start);
  }

  private match(pattern: RegExp): number {
    pattern.lastIndex = this.at.offset;
    return (pattern.exec(this.at.text)?.[0] ?? "").length;
  }

  private scope(): Scope {
    if (this.blocks.some((block) => block.kind === "paren")) return "subshell";
    if (this.blocks.some((block) => block.isFunction)) return "function";
    return this.blocks.length > 0 ? "conditional" : "top";
  }

  private take(kind: Token["kind"], length: number, role?: Token["role"]): string {
    const start = this.at.offset;
    const text = this.at.text.slice(start, start + length);
    const token = { kind, text, start, line: this.line, scope: this.scope() };
    this.tokens.push(role === undefined ? token : { ...token, role });
    this.at.offset = start + length;
    this.line += text.split("\n").length - 1;
    return text;
  }

  private newline(): void {
    this.take("newline", 1);
    if (!this.inTest) this.commandStart = true;
    const pending = this.pending;
    this.pending = [];
    for (const document of pending) this.hereDocument(document);
  }

  private hereDocument({ delimiter, stripsTabs, start }: Pending): void {
    const { text } = this.at;
    let end = this.at.offset;
    while (end < text.length) {
      const newline = text.indexOf("\n", end);
      const next = newline < 0 ? text.length : newline + 1;
      const line = text.slice(end, newline < 0 ? text.length : newline);
      end = next;
      if ((stripsTabs ? line.replace(/^\t+/, "") : line) === delimiter) {
        this.take("here-document", end - this.at.offset);
        return;
      }
    }
    if (end > this.at.offset) this.take("here-document", end - this.at.offset);
    this.unclosedDocument(delimiter, start);
  }

  private unclosedDocument(delimiter: string, start: number): void {
    this.warnings.push({
      line: lineAt(this.at.text, start),
      message: `the here-document has no closing line ${delimiter}, so the rest of the file belongs to it`,
    });
  }

  private arithmetic(): void {
    const end = arithmeticEnd(this.at.text, this.at.offset + 2);
    if (end === undefined) {
      this.operator("(");
      return;
    }
    this.take("word", end - this.at.offset, "command");
    this.commandStart = false;
  }

  private operator(operator: string): void {
    this.openOrClose(operator);
    this.take("operator", operator.length);
    if (this.inTest) return;
    if (redirections.has(operator)) {
      this.awaits = operator === "<<" || operator === "<<-" ? operator : "redirection";
      return;
    }
    this.commandStart = true;
  }

  private hasOpenBracket(): boolean {
    const top = this.blocks.at(-1);
    return (
      this.inTest ||
      this.headerBrackets > 0 ||
      (top?.kind === "case" && top.phase === "pattern") ||
      this.blocks.some((block) => block.kind === "paren")
    );
  }

  private openOrClose(operator: string): void {
    if (this.inTest) return;
    const top = this.blocks.at(-1);
    if (this.headerBrackets > 0) this.headerBrackets -= 1;
    else if (top?.kind === "case" && top.phase === "pattern") {
      if (operator === ")") top.phase = "body";
    } else if (operator === "(") this.open("paren");
    else if (operator === ")") this.close("paren", ")");
    else if (top?.kind === "case" && /^;[;&]/.test(operator)) top.phase = "pattern";
  }

  private open(kind: Block["kind"]): void {
    const block = { kind, isFunction: this.functionNext, start: this.at.offset };
    this.blocks.push({ ...block, phase: "subject" });
    this.functionNext = false;
  }

  private close(kind: Block["kind"], text: string): void {
    if (this.blocks.at(-1)?.kind !== kind) throw new Unterminated(text, this.at.offset, true);
    this.blocks.pop();
  }

  private word(): void {
    const start = this.at.offset;
    const probe = { text: this.at.text, offset: start };
    scanWord(probe, scanSubstitution);
    const text = probe.text.slice(start, probe.offset);
    const next = probe.text[probe.offset] ?? "";
    // The 2 of `2>file` belongs to the operator.
    if (/^\d+$/.test(text) && /[<>]/.test(next)) {
      this.take("operator", text.length);
      return;
    }
    if (this.awaits !== "nothing") {
      if (this.awaits !== "redirection") {
        const delimiter = text.replace(/\\\n/g, "").replace(/['"\\]|\$(?=['"])/g, "");
        this.pending.push({ delimiter, stripsTabs: this.awaits === "<<-", start });
      }
      this.awaits = "nothing";
      this.take("word", text.length, "redirection");
      return;
    }
    this.commandWord(text, probe.offset);
  }

  private commandWord(text: string, end: number): void {
    const top = this.blocks.at(-1);
    if (this.inTest) {
      this.take("word", text.length, "argument");
      if (text === "]]") this.inTest = false;
      return;
    }
    if (top?.kind === "case" && top.phase !== "body" && text !== "esac") {
      if (text === "in" && top.phase === "subject") top.phase = "pattern";
      this.take("word", text.length, "argument");
      return;
    }
    if (!this.commandStart) {
      this.take("word", text.length, "argument");
      return;
    }
    if (this.reserved(text)) return;
    const header = /^[ \t]*\([ \t]*\)/.test(this.at.text.slice(end, end + 40));
    if (header) {
      this.headerBrackets = 2;
      this.functionNext = true;
    }
    this.take("word", text.length, "command");
    this.inTest = text === "[[";
    this.commandStart = false;
  }

  /** Takes a reserved word and what it does to the blocks; false when it is none. */
  private reserved(text: string): boolean {
    const opener = openers.get(text);
    const closer = closers.get(text);
    if (opener !== undefined) {
      this.open(opener);
      this.take("word", text.length, "reserved");
      // After for, select and case comes a word, not a command; `for ((` is arithmetic.
      this.commandStart = !/^(for|select|case)$/.test(text) || this.opensArithmetic();
      return true;
    }
    if (closer !== undefined) {
      this.close(closer, text);
      this.take("word", text.length, "reserved");
      return true;
    }
    if (text === "function") {
      this.take("word", text.length, "reserved");
      this.take("blank", this.match(/[ \t]+/y));
      this.take("word", this.match(/[^\s;&|<>(){}]+/y), "argument");
      if (/^[ \t]*\([ \t]*\)/.test(this.at.text.slice(this.at.offset, this.at.offset + 40)))
        this.headerBrackets = 2;
      this.functionNext = true;
      return true;
    }
    if (!continuers.has(text)) return false;
    this.take("word", text.length, "reserved");
    return true;
  }

  private opensArithmetic(): boolean {
    return /^[ \t]*\(\(/.test(this.at.text.slice(this.at.offset, this.at.offset + 20));
  }
}
