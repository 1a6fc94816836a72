// Invariant: pure; every state has a sign of its own in each character set, so that no state needs
// colour to be told from another.
import { stateWords, type EntryState } from "../../../engine/manifest/query.ts";
import type { Tone } from "../../present/cells.ts";
import type { Theme } from "../../theme.ts";

export const stateTones: Readonly<Record<EntryState, Tone>> = {
  failed: "failed",
  conflicting: "notice",
  "broken-link": "notice",
  finding: "notice",
  duplicate: "notice",
  shadowed: "accent",
  undelivered: "accent",
  unbuilt: "dim",
  ok: "plain",
};

const signs: Readonly<Record<EntryState, readonly [unicode: string, ascii: string]>> = {
  failed: ["✗", "x"],
  conflicting: ["!", "!"],
  "broken-link": ["?", "?"],
  finding: ["*", "*"],
  duplicate: ["=", "="],
  shadowed: ["^", "^"],
  undelivered: ["+", "+"],
  unbuilt: ["·", "."],
  ok: [" ", " "],
};

/** The sign of a state, one cell. */
export function stateSign(state: EntryState, { ascii }: Theme): string {
  return signs[state][ascii ? 1 : 0];
}

const pluralWords: Partial<Record<EntryState, string>> = {
  "broken-link": "broken links",
  finding: "findings",
  duplicate: "duplicates",
  shadowed: "shadow another",
};

/** A state as it stands after a count. */
export function countedWord(state: EntryState, count: number): string {
  return (count === 1 ? undefined : pluralWords[state]) ?? stateWords[state];
}
