// Invariant: a makefile is only read, never run; what needs a shell expands to nothing.

/** The targets and prerequisites of one rule, expanded, and its recipe as written. */
export interface MakeRule {
  readonly targets: readonly string[];
  /** With `%` for the stem in a static pattern rule. */
  readonly needs: readonly string[];
  /** Target pattern of a static pattern rule. */
  readonly pattern?: string;
  readonly recipe: string;
}

/** What the text of a makefile says. */
export interface MakefileText {
  readonly rules: readonly MakeRule[];
  /** Words of a variable, expanded. */
  words(name: string): string[];
  /** Expands a text as make would, less what needs a shell; `automatic` holds `@`, `*` and the like. */
  expand(text: string, automatic?: Readonly<Record<string, string>>): string;
}

function words(text: string): string[] {
  return text.split(/[ \t\n]+/).filter((word) => word !== "");
}

/** The index of the bracket that closes the one before `from`. */
function closing(text: string, from: number, open: string, close: string): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === open) depth += 1;
    else if (text[at] === close) depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = "";
  for (const character of text) {
    if (character === "(" || character === "{") depth += 1;
    if (character === ")" || character === "}") depth -= 1;
    if (character === "," && depth === 0) {
      parts.push(part);
      part = "";
    } else part += character;
  }
  return [...parts, part];
}

/** The part of a word that the `%` of a pattern stands for; undefined where it does not fit. */
export function matchPattern(pattern: string, word: string): string | undefined {
  const percent = pattern.indexOf("%");
  if (percent < 0) return pattern === word ? "" : undefined;
  const [before, after] = [pattern.slice(0, percent), pattern.slice(percent + 1)];
  const fits =
    word.length >= before.length + after.length && word.startsWith(before) && word.endsWith(after);
  return fits ? word.slice(before.length, word.length - after.length) : undefined;
}

function substitute(pattern: string, replacement: string, text: string): string {
  return words(text)
    .map((word) => {
      const stem = matchPattern(pattern, word);
      return stem === undefined ? word : replacement.replace("%", () => stem);
    })
    .join(" ");
}

const textFunctions: Readonly<Record<string, (args: readonly string[]) => string>> = {
  subst: ([from = "", to = "", text = ""]) =>
    from === "" ? text : text.replaceAll(from, () => to),
  patsubst: ([pattern = "", to = "", text = ""]) => substitute(pattern, to, text),
  strip: ([text = ""]) => words(text).join(" "),
  sort: ([text = ""]) => [...new Set(words(text))].sort().join(" "),
  addprefix: ([prefix = "", text = ""]) =>
    words(text)
      .map((word) => prefix + word)
      .join(" "),
  addsuffix: ([suffix = "", text = ""]) =>
    words(text)
      .map((word) => word + suffix)
      .join(" "),
  filter: ([patterns = "", text = ""]) =>
    words(text)
      .filter((word) => words(patterns).some((p) => matchPattern(p, word) !== undefined))
      .join(" "),
  "filter-out": ([patterns = "", text = ""]) =>
    words(text)
      .filter((word) => words(patterns).every((p) => matchPattern(p, word) === undefined))
      .join(" "),
};

class Reader implements MakefileText {
  readonly rules: MakeRule[] = [];
  private readonly variables = new Map<string, string>();
  private readonly fixed: ReadonlySet<string>;
  private readonly expanding = new Set<string>();
  /** One entry for each open conditional: is this branch read, was any. */
  private readonly branches: { taken: boolean; done: boolean }[] = [];

  constructor(text: string, given: Readonly<Record<string, string>>) {
    for (const [name, value] of Object.entries(given)) this.variables.set(name, value);
    this.fixed = new Set(Object.keys(given));
    this.read(text);
  }

  words(name: string): string[] {
    return words(this.value(name));
  }

  expand(text: string, automatic: Readonly<Record<string, string>> = {}): string {
    for (const [name, value] of Object.entries(automatic)) this.variables.set(name, value);
    const expanded = this.expandHere(text);
    for (const name of Object.keys(automatic)) this.variables.delete(name);
    return expanded;
  }

  private expandHere(text: string): string {
    let expanded = "";
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at] ?? "";
      if (character !== "$") {
        expanded += character;
        continue;
      }
      const open = text[at + 1] ?? "";
      if (open === "(" || open === "{") {
        const end = closing(text, at + 2, open, open === "(" ? ")" : "}");
        expanded += this.reference(text.slice(at + 2, end));
        at = end;
      } else {
        expanded += open === "$" ? "$" : this.value(open);
        at += 1;
      }
    }
    return expanded;
  }

  private value(name: string): string {
    // A variable that names itself is an error of make's; here it is merely empty.
    if (this.expanding.has(name)) return "";
    this.expanding.add(name);
    const value = this.expandHere(this.variables.get(name) ?? "");
    this.expanding.delete(name);
    return value;
  }

  private reference(text: string): string {
    const call = /^([a-z-]+)[ \t]+([\s\S]*)$/.exec(text);
    if (call !== null) {
      const apply = textFunctions[call[1] ?? ""];
      return apply === undefined
        ? ""
        : apply(splitArguments(call[2] ?? "").map((arg) => this.expandHere(arg)));
    }
    const [, name = text, from, to = ""] = /^([^:]+):([^=]*)=([\s\S]*)$/.exec(text) ?? [];
    const value = this.value(this.expandHere(name));
    if (from === undefined) return value;
    const pattern = this.expandHere(from);
    return pattern.includes("%")
      ? substitute(pattern, this.expandHere(to), value)
      : substitute(`%${pattern}`, `%${this.expandHere(to)}`, value);
  }

  private read(text: string): void {
    let rule: { targets: string[]; needs: string[]; recipe: string; pattern?: string } | undefined;
    const lines = text.replace(/\r\n/g, "\n").split("\n");
    for (let at = 0; at < lines.length; at += 1) {
      let line = lines[at] ?? "";
      while (/(^|[^\\])(\\\\)*\\$/.test(line) && at + 1 < lines.length) {
        at += 1;
        line = `${line.slice(0, -1)} ${(lines[at] ?? "").trimStart()}`;
      }
      if (line.startsWith("\t")) {
        if (rule !== undefined && this.isRead()) rule.recipe += `${line.slice(1)}\n`;
        continue;
      }
      line = line.replace(/(^|[^\\])#.*$/, "$1");
      if (line.trim() === "" || this.conditional(line.trim()) || !this.isRead()) continue;
      if (this.assignment(line)) continue;
      const parts = /^([^:=]+)::?(?!=)([\s\S]*)$/.exec(this.expandHere(line));
      if (parts === null) continue;
      const [prerequisites = "", inline = ""] = (parts[2] ?? "").split(";");
      const [, pattern, needed = prerequisites] = /^([^:]*%[^:]*):(.*)$/s.exec(prerequisites) ?? [];
      const needs = words(needed).filter((word) => word !== "|");
      rule = { targets: words(parts[1] ?? ""), needs, recipe: inline };
      if (pattern !== undefined) rule.pattern = pattern.trim();
      this.rules.push(rule);
    }
  }

  private isRead(): boolean {
    return this.branches.every((branch) => branch.taken);
  }

  private conditional(line: string): boolean {
    const [, word = "", rest = ""] =
      /^(ifeq|ifneq|ifdef|ifndef|else|endif)\b\s*([\s\S]*)$/.exec(line) ?? [];
    const branch = this.branches.at(-1);
    switch (word) {
      case "":
        return false;
      case "endif":
        this.branches.pop();
        return true;
      case "else":
        if (branch !== undefined) {
          branch.taken = !branch.done && (rest === "" || this.holds(rest));
          branch.done ||= branch.taken;
        }
        return true;
      default: {
        const taken = this.holds(line);
        this.branches.push({ taken, done: taken });
        return true;
      }
    }
  }

  private holds(condition: string): boolean {
    const [, word = "", rest = ""] = /^(ifn?eq|ifn?def)\s*([\s\S]*)$/.exec(condition) ?? [];
    if (word.endsWith("def")) return (this.value(rest.trim()) !== "") === (word === "ifdef");
    const bracketed = /^\(([\s\S]*)\)$/.exec(rest.trim());
    const quoted = /^(["'])(.*?)\1\s+(["'])(.*?)\3$/.exec(rest.trim());
    const [left = "", right = ""] =
      bracketed === null ? [quoted?.[2], quoted?.[4]] : splitArguments(bracketed[1] ?? "");
    const equal = this.expandHere(left).trim() === this.expandHere(right).trim();
    return equal === (word === "ifeq");
  }

  private assignment(line: string): boolean {
    const parts =
      /^[ ]*(?:export[ \t]+|override[ \t]+)*([^\s:#=?+!]+)[ \t]*(\?|\+|::?)?=[ \t]*([\s\S]*)$/.exec(
        line,
      );
    if (parts === null) return false;
    const [, name = "", how = "", value = ""] = parts;
    if (this.fixed.has(name)) return true;
    const before = this.variables.get(name);
    if (how === "+") this.variables.set(name, before === undefined ? value : `${before} ${value}`);
    else if (how.startsWith(":"))
      this.variables.set(name, this.expandHere(value).replaceAll("$", "$$$$"));
    else if (how !== "?" || before === undefined) this.variables.set(name, value);
    return true;
  }
}

/**
 * Reads the text of a makefile: assignments (`=`, `:=`, `?=`, `+=`), continuation lines, comments,
 * conditionals and rules. `given` are variables of the command line, which nothing overrides.
 * Includes are not followed; `$(shell …)` and other functions that need a system are empty.
 */
export function readMakefile(
  text: string,
  given: Readonly<Record<string, string>> = {},
): MakefileText {
  return new Reader(text, given);
}
