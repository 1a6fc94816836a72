// Invariant: values follow from the text alone, in the order in which bash reads it; a value that
// only running could tell is not known.
import { evaluateArray, evaluateWord, shownText } from "./word-value.ts";
import type { Assignment, Certainty, Fragment, Statement } from "./fragment.ts";

/** Where a value stands. */
export interface Origin {
  /** Source text as written. */
  readonly source: string;
  readonly value?: string;
  /** Absolute path, or `environment`. */
  readonly file: string;
  /** 1-based; 0 for the environment. */
  readonly line: number;
}

/** What a variable is after all files are read. */
export interface Variable extends Origin {
  readonly name: string;
  /** The value is what bash would give, surely. `value` without it is the likely one. */
  readonly known: boolean;
  /** Earlier or possible other assignments, in the order read. */
  readonly shadowed: readonly Origin[];
}

interface State {
  origin: Origin;
  /** Latin1 bytes; undefined when computed. */
  bytes: string | undefined;
  isSure: boolean;
  readonly shadowed: Origin[];
}

export interface EvaluationNote {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Gives the fragment behind a `source` word's literal name. */
export type Include = (name: string, from: Fragment) => Fragment | "missing" | "unreadable";

/** Reads fragments one after the other into one set of variables. */
export class Evaluator {
  readonly warnings: EvaluationNote[] = [];
  private readonly states = new Map<string, State>();
  private readonly fromFunctions = new Map<string, Origin>();
  private readonly reading = new Set<string>();
  private readonly include: Include;

  private readonly preset: ReadonlyMap<string, string>;
  private readonly environment: NodeJS.ProcessEnv;

  /**
   * `preset` are literals that the tree's script assigns before it reads anything; `environment`
   * is what the script inherits, whose values are never counted as known.
   */
  constructor(
    include: Include,
    preset: Readonly<Record<string, string>> = {},
    environment: NodeJS.ProcessEnv = {},
  ) {
    this.include = include;
    this.preset = new Map(Object.entries(preset));
    this.environment = environment;
  }

  /** Reads one fragment after those before it. */
  read(fragment: Fragment, certainty: Certainty = "always"): void {
    if (this.reading.has(fragment.path)) return;
    this.reading.add(fragment.path);
    for (const statement of fragment.statements) this.statement(statement, fragment, certainty);
    this.reading.delete(fragment.path);
  }

  /** The variables that some statement sets. */
  variables(): Map<string, Variable> {
    const found = new Map<string, Variable>();
    for (const [name, { origin, isSure, shadowed }] of this.states) {
      const late = this.fromFunctions.get(name);
      found.set(name, {
        name,
        ...origin,
        known: isSure && origin.value !== undefined && late === undefined,
        shadowed: late === undefined ? shadowed : [...shadowed, late],
      });
    }
    for (const [name, origin] of this.fromFunctions) {
      if (!found.has(name)) {
        const { source, file, line } = origin;
        found.set(name, { name, source, file, line, known: false, shadowed: [] });
      }
    }
    return found;
  }

  private readonly lookup = (name: string): string | undefined => {
    const state = this.states.get(name);
    if (state === undefined) return this.preset.get(name);
    return state.isSure && !this.fromFunctions.has(name) ? state.bytes : undefined;
  };

  private statement(statement: Statement, fragment: Fragment, outer: Certainty): void {
    const certainty =
      statement.certainty === "always" || outer === "never" ? outer : statement.certainty;
    if (certainty === "never") return;
    const { line } = statement;
    switch (statement.kind) {
      case "assignment":
        this.assign(statement, fragment.path, certainty);
        break;
      case "unset":
        if (certainty === "always") this.states.delete(statement.name);
        else this.unsure(statement.name);
        break;
      case "change": {
        const origin = { source: shownText(statement.source), file: fragment.path, line };
        this.change(statement.name, origin, certainty);
        break;
      }
      case "source":
        this.source(statement.file, fragment, line, certainty);
        break;
      case "eval":
        this.anything(fragment.path, line, "eval runs text that is not read here");
        break;
      case "return":
        break;
      case "code":
        break;
    }
  }

  private assign(
    statement: Extract<Statement, { kind: "assignment" }>,
    file: string,
    certainty: Certainty,
  ): void {
    const { name, source, line, isPlain } = statement;
    const bytes = isPlain ? this.valueOf(statement) : undefined;
    const shown = { source: shownText(source), file, line };
    // A value that is not UTF-8 cannot be shown, so it counts as not known.
    const value = bytes === undefined ? undefined : shownText(bytes);
    const isText = value !== undefined && Buffer.from(value).toString("latin1") === bytes;
    const origin = isText ? { ...shown, value } : shown;
    if (certainty !== "always") {
      this.change(name, origin, certainty);
      return;
    }
    const before = this.states.get(name);
    const shadowed = before === undefined ? [] : [...before.shadowed, before.origin];
    this.states.set(name, { origin, bytes, isSure: true, shadowed });
  }

  private valueOf({ name, operator, source, isArgument }: Assignment): string | undefined {
    const isArray = source.startsWith("(");
    // The value of an array, read as $NAME, is its first element.
    const value = isArray
      ? evaluateArray(source, this.lookup)?.[0]
      : evaluateWord(source, this.lookup, isArgument ? "braces" : "nothing");
    if (operator === "=") return value;
    const isSet = this.states.has(name) || this.preset.has(name);
    const before = this.lookup(name);
    if (!isSet) return this.environment[name] === undefined ? value : undefined;
    if (before === undefined) return undefined;
    if (isArray) return before;
    return value === undefined ? undefined : before + value;
  }

  /** A change that may happen, or whose result only running tells. */
  private change(name: string, origin: Origin, certainty: Certainty): void {
    if (certainty === "when-called") {
      this.fromFunctions.set(name, origin);
      return;
    }
    const before = this.states.get(name);
    if (before === undefined) {
      const { source, file, line } = origin;
      this.states.set(name, {
        origin: { source, file, line },
        bytes: undefined,
        isSure: false,
        shadowed: [],
      });
    } else {
      before.shadowed.push(origin);
      before.isSure = false;
    }
  }

  private unsure(name: string): void {
    const state = this.states.get(name);
    if (state !== undefined) state.isSure = false;
  }

  private source(word: string, from: Fragment, line: number, certainty: Certainty): void {
    const name = evaluateWord(word, this.lookup);
    const included = name === undefined ? "unreadable" : this.include(name, from);
    if (included === "unreadable") {
      const message = `sources ${shownText(word)}, which is not read here`;
      this.anything(from.path, line, message);
      return;
    }
    if (included === "missing") {
      // Behind a condition it is the usual `[[ -f x ]] && source x`: nothing happens.
      const message = `sources ${shownText(word)}, which does not exist; configure stops there`;
      if (certainty === "always") this.warnings.push({ file: from.path, line, message });
      return;
    }
    this.read(included, certainty);
  }

  /** From here on, no earlier value is sure. */
  private anything(file: string, line: number, message: string): void {
    this.warnings.push({ file, line, message: `${message}; it may change any setting before it` });
    for (const state of this.states.values()) state.isSure = false;
  }
}
