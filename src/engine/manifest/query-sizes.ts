// Invariant: pure; every entry counts in exactly one row.
import { entryStates, type EntryState, type ShippedEntry } from "./query.ts";

/** What a component, or all below a directory, puts into the image. */
export interface SizeRow {
  readonly name: string;
  readonly entries: number;
  /** Bytes of files, as far as they are known. */
  readonly bytes: number;
  /** Entries of it that are not as they should be. */
  readonly faults: number;
}

/** States that somebody has to do something about. */
const faulty: ReadonlySet<EntryState> = new Set(entryStates.slice(0, 4));

/** True for entries that somebody has to look at. */
export function isFault({ state }: ShippedEntry): boolean {
  return faulty.has(state);
}

/** What each component puts in, largest first. */
export function sizesByComponent(entries: readonly ShippedEntry[]): readonly SizeRow[] {
  return sizesBy(entries, ({ component }) => (component === "" ? "(no manifest)" : component));
}

/**
 * What the directories hold, largest first. `depth`: how many parts of a path make a row's name;
 * an entry with fewer stands in the row of its directory.
 */
export function sizesByFolder(entries: readonly ShippedEntry[], depth: number): readonly SizeRow[] {
  return sizesBy(entries, ({ path, type }) => {
    const parts = path.split("/");
    const folders = type === "d" ? parts : parts.slice(0, -1);
    return folders.length === 0 ? "(top)" : folders.slice(0, depth).join("/");
  });
}

function sizesBy(
  entries: readonly ShippedEntry[],
  nameOf: (entry: ShippedEntry) => string,
): readonly SizeRow[] {
  const rows = new Map<string, { -readonly [K in keyof SizeRow]: SizeRow[K] }>();
  for (const entry of entries) {
    if (entry.state === "undelivered") continue;
    const name = nameOf(entry);
    const row = rows.get(name) ?? { name, entries: 0, bytes: 0, faults: 0 };
    rows.set(name, row);
    row.entries++;
    row.bytes += fileBytes(entry);
    if (isFault(entry)) row.faults++;
  }
  return [...rows.values()].sort(
    (a, b) => b.bytes - a.bytes || b.entries - a.entries || (a.name < b.name ? -1 : 1),
  );
}

/** Bytes of all files that ship. */
export function totalBytes(entries: readonly ShippedEntry[]): number {
  return entries.reduce(
    (sum, entry) => (entry.state === "undelivered" ? sum : sum + fileBytes(entry)),
    0,
  );
}

/** Bytes of a file; other entries take none that anybody could save. */
export function fileBytes({ type, size }: ShippedEntry): number {
  return type === "f" ? (size ?? 0) : 0;
}
