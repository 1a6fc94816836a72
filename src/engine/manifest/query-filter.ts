// Invariant: pure; every text is a filter, and one that cannot match says what it could ask for.
import { entryStates, stateWords, type EntryState, type ShippedEntry } from "./query.ts";
import type { EntryType } from "./entry.ts";

/** A filter as typed: words that a path has to hold, and terms like `state:failed`. */
export interface EntryFilter {
  /** As typed. */
  readonly text: string;
  readonly matches: (entry: ShippedEntry) => boolean;
  /** What a term asks for that no entry can have, a sentence. */
  readonly fault?: string;
}

/** Terms, each with what may stand behind the colon. */
export const filterTerms = ["component", "type", "state", "owner"] as const;
type FilterTerm = (typeof filterTerms)[number];

/** Types by all the names that people use for them. */
const typeWords: Readonly<Record<string, EntryType>> = {
  f: "f",
  file: "f",
  d: "d",
  dir: "d",
  directory: "d",
  s: "s",
  symlink: "s",
  link: "s",
  h: "h",
  hardlink: "h",
};

type Test = (entry: ShippedEntry) => boolean;

/**
 * Reads a filter. Words between blanks all have to fit: a plain word is part of the path (capitals
 * count only when it has some), `component:NAME` part of the component's name, `type:` one of f, d,
 * s, h or a word for them, `state:` the start of a state (`state:conflict`), `owner:` a user or
 * group, or `USER:GROUP`. A slash before a path is ignored: entries have none. With a `!` before it,
 * or before the value of a term, a word has not to fit.
 */
export function parseFilter(text: string): EntryFilter {
  const tests: Test[] = [];
  let fault: string | undefined;
  for (const word of text.split(/\s+/)) {
    const wanted = word.replace(/^!/, "");
    if (wanted === "") continue;
    const [, term, given] = /^([a-z]+):(.*)$/.exec(wanted) ?? [];
    const isTermWord = isTerm(term) && given !== undefined;
    const value = isTermWord ? given.replace(/^!/, "") : wanted.replace(/^\/+/, "");
    if (value === "") continue;
    const test = isTermWord ? termTest(term, value.toLowerCase()) : pathTest(value);
    const isNot = (wanted !== word) !== (isTermWord && given !== value);
    if (typeof test === "string") fault ??= test;
    else tests.push(isNot ? (entry) => !test(entry) : test);
  }
  const matches: Test =
    fault === undefined ? (entry) => tests.every((test) => test(entry)) : () => false;
  return { text, matches, ...(fault === undefined ? {} : { fault }) };
}

function isTerm(word: string | undefined): word is FilterTerm {
  return filterTerms.some((term) => term === word);
}

function pathTest(word: string): Test {
  if (word !== word.toLowerCase()) return ({ path }) => path.includes(word);
  // Lowering 25,000 paths at every key takes longer than looking whether it matters.
  return ({ path }) => path.includes(word) || path.toLowerCase().includes(word);
}

function termTest(term: FilterTerm, value: string): Test | string {
  switch (term) {
    case "component":
      return ({ component }) => component.toLowerCase().includes(value);
    case "type": {
      const type = typeWords[value];
      if (type === undefined) return `type:${value} is none; there are f, d, s (link) and h.`;
      return (entry) => entry.type === type;
    }
    case "state": {
      const wanted = entryStates.filter((state) => isCalled(state, value));
      if (wanted.length === 0) {
        return `state:${value} is none; there are ${entryStates.join(", ")}.`;
      }
      return ({ states }) => states.some((state) => wanted.includes(state));
    }
    case "owner": {
      const [user = "", group] = value.split(":");
      if (group === undefined) return (entry) => entry.user === user || entry.group === user;
      return (entry) =>
        (user === "" || entry.user === user) && (entry.group ?? "").startsWith(group);
    }
  }
}

function isCalled(state: EntryState, value: string): boolean {
  return state.startsWith(value) || stateWords[state].toLowerCase().startsWith(value);
}

/** What may stand behind the term that is typed last, for a hint; empty when it is a plain word. */
export function valuesFor(text: string, entries: readonly ShippedEntry[]): readonly string[] {
  const [, term, value = ""] = /(?:^|\s)!?([a-z]+):!?(\S*)$/.exec(text) ?? [];
  if (!isTerm(term)) return [];
  return namesFor(term, entries).filter((name) => name.toLowerCase().startsWith(value));
}

function namesFor(term: FilterTerm, entries: readonly ShippedEntry[]): readonly string[] {
  switch (term) {
    case "type":
      return ["f", "d", "s", "h"];
    case "state": {
      const present = new Set(entries.flatMap(({ states }) => states));
      return entryStates.filter((state) => present.has(state));
    }
    case "component":
      return byCount(entries.map(({ component }) => component));
    case "owner":
      return byCount(entries.flatMap(({ user }) => user ?? []));
  }
}

/** The names, most frequent first. */
function byCount(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) if (name !== "") counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}
