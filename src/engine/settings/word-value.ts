// Invariant: a value comes out only when bash could give no other; all else is `undefined`.
import { scanArray, type Position } from "./shell-words.ts";

/** The literal value of a variable so far, or undefined when only running code could tell. */
export type Lookup = (name: string) => string | undefined;

/** Texts are bytes read as latin1; this reads them as UTF-8. */
export function shownText(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

const simpleEscapes: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  a: "\x07",
  b: "\b",
  e: "\x1b",
  E: "\x1b",
  f: "\f",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
  "?": "?",
};

/** The text between `$'` and `'`; undefined where the locale or the bash version decides. */
function ansiC(text: string): string | undefined {
  let value = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character !== "\\") {
      value += character;
      continue;
    }
    const rest = text.slice(at + 1);
    const simple = simpleEscapes[rest[0] ?? ""];
    const [number] = /^(?:[0-7]{1,3}|x[0-9A-Fa-f]{1,2})/.exec(rest) ?? [];
    if (simple !== undefined) {
      value += simple;
      at += 1;
    } else if (number !== undefined) {
      const code = number.startsWith("x")
        ? parseInt(number.slice(1), 16)
        : parseInt(number, 8) & 0xff;
      if (code === 0) return undefined;
      value += String.fromCharCode(code);
      at += number.length;
    } else if (/^[uUcx]/.test(rest)) return undefined;
    else value += character;
  }
  return value;
}

/** Characters that, unquoted, bash expands: in an assignment, an argument, an element of an array. */
const expandable = { nothing: "", braces: "{", all: "{*?[" } as const;

class Evaluation {
  private readonly text: string;
  private readonly lookup: Lookup;
  private at = 0;
  private value = "";

  constructor(text: string, lookup: Lookup) {
    this.text = text;
    this.lookup = lookup;
  }

  run(expanded: "nothing" | "braces" | "all"): string | undefined {
    while (this.at < this.text.length) {
      const character = this.text[this.at] ?? "";
      const isTilde = character === "~" && /(^|:)$/.test(this.text.slice(0, this.at));
      if (isTilde || expandable[expanded].includes(character)) return undefined;
      if (!(character === '"' ? this.doubleQuotes() : this.plain(character))) return undefined;
    }
    return this.value;
  }

  private plain(character: string): boolean {
    switch (character) {
      case "\\":
        if (this.text[this.at + 1] !== "\n") this.value += this.text[this.at + 1] ?? "\\";
        this.at += 2;
        return true;
      case "'": {
        const end = this.text.indexOf("'", this.at + 1);
        this.value += this.text.slice(this.at + 1, end);
        this.at = end + 1;
        return true;
      }
      case "$":
        return this.dollar(false);
      case "`":
      case "<":
      case ">":
        return false;
      default:
        this.value += character;
        this.at += 1;
        return true;
    }
  }

  private doubleQuotes(): boolean {
    this.at += 1;
    for (;;) {
      const character = this.text[this.at] ?? '"';
      if (character === '"') break;
      if (character === "`") return false;
      if (character === "$") {
        if (!this.dollar(true)) return false;
      } else if (character === "\\") {
        const next = this.text[this.at + 1] ?? "";
        if (next !== "\n") this.value += /[$`"\\]/.test(next) ? next : `\\${next}`;
        this.at += 2;
      } else {
        this.value += character;
        this.at += 1;
      }
    }
    this.at += 1;
    return true;
  }

  private dollar(isQuoted: boolean): boolean {
    const rest = this.text.slice(this.at + 1);
    const [name] = /^(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\})/.exec(rest) ?? [];
    if (name !== undefined) {
      const value = this.lookup(name.replace(/[{}]/g, ""));
      if (value === undefined) return false;
      this.value += value;
      this.at += 1 + name.length;
      return true;
    }
    if (!isQuoted && rest.startsWith("'")) {
      const [whole = "", inside = ""] = /^'((?:[^'\\]|\\[\s\S])*)'/.exec(rest) ?? [];
      const value = ansiC(inside);
      if (value === undefined) return false;
      this.value += value;
      this.at += 1 + whole.length;
      return true;
    }
    // $"…" is translated by locale; without a catalogue, which no tree has, it is "…".
    if (!isQuoted && rest.startsWith('"')) {
      this.at += 1;
      return this.doubleQuotes();
    }
    if (/^[({[0-9?$!#@*-]/.test(rest)) return false;
    this.value += "$";
    this.at += 1;
    return true;
  }
}

/** The value that bash assigns for the source text of a right-hand side, as latin1 bytes. */
export function evaluateWord(
  text: string,
  lookup: Lookup,
  expanded: "nothing" | "braces" = "nothing",
): string | undefined {
  return new Evaluation(text, lookup).run(expanded);
}

/** The elements of `(…)`, as latin1 bytes; undefined when one is computed or has a subscript. */
export function evaluateArray(text: string, lookup: Lookup): string[] | undefined {
  if (/\$\(|`|[<>]\(/.test(text)) return undefined;
  const at: Position = { text, offset: 0 };
  const elements: (string | undefined)[] = [];
  const neverCalled = (): void => {
    throw new Error("a substitution in an array that has none");
  };
  scanArray(at, neverCalled, (start, end) => {
    const word = text.slice(start, end);
    const isQuoted = /^"[^"]*"$|^\$?'[^']*'$/.test(word);
    // An unquoted reference splits at blanks: it may be several elements, or none.
    const splits = word.includes("$") && !isQuoted;
    elements.push(splits ? undefined : new Evaluation(word, lookup).run("all"));
  });
  const known = elements.filter((element) => element !== undefined);
  return known.length === elements.length ? known : undefined;
}
