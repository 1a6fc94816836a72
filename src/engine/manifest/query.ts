// Invariant: pure data; one entry a delivered path, as people read it, whatever number of lines name
// that path.
import type { EntryType, PlacedLine } from "./entry.ts";

/** What an entry is, and where its lines stand, for readers that know nothing else of manifests. */
export type { EntryType, PlacedLine };

/**
 * What can be said of an entry. `failed`: the image would be made without it or not at all;
 * `unbuilt`: what should deliver it is not built yet, so nobody can tell; `shadowed`: a later search folder has the
 * file, too, and is not looked at; `undelivered`: in the proto area, but in no manifest.
 */
export type EntryState =
  | "failed"
  | "conflicting"
  | "broken-link"
  | "finding"
  | "duplicate"
  | "shadowed"
  | "undelivered"
  | "unbuilt"
  | "ok";

/** All states, what needs somebody first. */
export const entryStates = [
  "failed",
  "conflicting",
  "broken-link",
  "finding",
  "duplicate",
  "shadowed",
  "undelivered",
  "unbuilt",
  "ok",
] as const satisfies readonly EntryState[];

/** The states as a person reads them. */
export const stateWords: Readonly<Record<EntryState, string>> = {
  failed: "FAILED",
  conflicting: "conflicting",
  "broken-link": "broken link",
  finding: "finding",
  duplicate: "duplicate",
  shadowed: "shadows another",
  undelivered: "not delivered",
  unbuilt: "not built yet",
  ok: "OK",
};

/** Something that a check says of a path. */
export interface EntryFinding {
  /** Stable name of the check, e.g. `dangling-link`. */
  readonly kind: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly advice: string;
}

/**
 * One path of what ships, and all that is known of it. Every field is always there: 25,000 objects of
 * one shape are made in a third of the time.
 */
export interface ShippedEntry {
  /** Below the root of the image. */
  readonly path: string;
  readonly type: EntryType;
  /** Permission bits; d and f only. */
  readonly mode: number | undefined;
  readonly user: string | undefined;
  readonly group: string | undefined;
  /** s: text of the link. h: the other path. */
  readonly target: string | undefined;
  /** Bytes: of a file its source, of a symbolic link its text; undefined while not known. */
  readonly size: number | undefined;
  /** Whose manifest asks for it, e.g. `illumos`; empty where none does. */
  readonly component: string;
  /** The lines that name the path, the one that counts first; in manifest.d where that is made. */
  readonly lines: readonly PlacedLine[];
  /** Search folder that has it, below the workspace; files only. */
  readonly source: string | undefined;
  /** Later search folders that have it, too. */
  readonly shadows: readonly string[];
  /** Last change of the source, milliseconds of the epoch. */
  readonly modified: number | undefined;
  /** Stage that has yet to deliver it; of files that are not there. */
  readonly awaits: string | undefined;
  /** The one that matters most. */
  readonly state: EntryState;
  /** All that apply, `state` first. */
  readonly states: readonly EntryState[];
  readonly findings: readonly EntryFinding[];
}

/** A line of a manifest that is no entry, so that nothing ships for it. */
export interface RefusedEntry {
  readonly line: PlacedLine;
  readonly reason: string;
}

/** Where the entries were read: what the manifest stage made, or before it the components' own. */
export type ShippedOrigin = "manifest.d" | "components";

/** All that ships. */
export interface Shipped {
  /** By path; a directory comes before what is in it. */
  readonly entries: readonly ShippedEntry[];
  readonly refused: readonly RefusedEntry[];
  readonly origin: ShippedOrigin;
  /** Manifests that changed after manifest.d was made, below the workspace. */
  readonly changedSince: readonly string[];
  /** Nothing was built: that no file is there means nothing. */
  readonly isUnbuilt: boolean;
  /** Search folders, below the workspace, first one wins. */
  readonly searched: readonly string[];
  /** The files have been looked for; before that each is `unbuilt`. */
  readonly isComplete: boolean;
}

/** Entries of each state; only those that there are. */
export function countStates(entries: readonly ShippedEntry[]): ReadonlyMap<EntryState, number> {
  const counts = new Map<EntryState, number>();
  for (const { states } of entries) {
    for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return new Map(entryStates.flatMap((state) => countOf(counts, state)));
}

function countOf(
  counts: ReadonlyMap<EntryState, number>,
  state: EntryState,
): [EntryState, number][] {
  const count = counts.get(state);
  return count === undefined ? [] : [[state, count]];
}

/** A text that orders paths so that all below a directory follow it at once. */
export function orderOf(path: string): string {
  return path.replaceAll("/", "\0");
}

/** Orders paths as `orderOf` does. */
export function comparePaths(one: string, other: string): number {
  const [a, b] = [orderOf(one), orderOf(other)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Mode as manifests write it: four octal digits. */
export function modeText(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}
