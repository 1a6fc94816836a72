// Invariant: pure; every path of either side is in the comparison at most once, by path.
import type { EntryType } from "./entry.ts";
import { comparePaths, modeText } from "./query.ts";

/** A path as an image got it. What nobody knows is absent. */
export interface DeliveredEntry {
  readonly path: string;
  readonly type: EntryType;
  readonly mode?: number;
  readonly user?: string;
  readonly group?: string;
  readonly target?: string;
  /** Bytes. */
  readonly size?: number;
  /** MD5 of the contents, hexadecimal. */
  readonly md5?: string;
  /** Last change of the source, milliseconds of the epoch. */
  readonly modified?: number;
}

/** What can differ in a path that both sides have. */
export type Change = "type" | "mode" | "owner" | "target" | "size" | "content";

/** One path in which two sides differ. */
export type EntryChange =
  | { readonly kind: "added"; readonly path: string; readonly after: DeliveredEntry }
  | { readonly kind: "removed"; readonly path: string; readonly before: DeliveredEntry }
  | {
      readonly kind: "changed";
      readonly path: string;
      readonly before: DeliveredEntry;
      readonly after: DeliveredEntry;
      readonly changes: readonly Change[];
    };

/** What is different between two sides. */
export interface Comparison {
  /** By path. */
  readonly changes: readonly EntryChange[];
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** Bytes of files on either side, as far as they are known. */
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** Files of equal size whose contents could not be compared. */
  readonly unsure: number;
}

/** Compares what two images got, or what one got and what ships now. */
export function compareDelivered(
  before: readonly DeliveredEntry[],
  after: readonly DeliveredEntry[],
): Comparison {
  const old = new Map(before.map((entry) => [entry.path, entry]));
  const changes: EntryChange[] = [];
  const counts = { added: 0, removed: 0, changed: 0 };
  let unsure = 0;
  const add = (change: EntryChange): void => {
    changes.push(change);
    counts[change.kind]++;
  };
  for (const entry of after) {
    const { path } = entry;
    const earlier = old.get(path);
    old.delete(path);
    if (earlier === undefined) {
      add({ kind: "added", path, after: entry });
      continue;
    }
    const found = changesOf(earlier, entry);
    if (found.length > 0)
      add({ kind: "changed", path, before: earlier, after: entry, changes: found });
    else if (isUnsure(earlier, entry)) unsure++;
  }
  for (const [path, entry] of old) add({ kind: "removed", path, before: entry });
  changes.sort((a, b) => comparePaths(a.path, b.path));
  return { changes, ...counts, bytesBefore: sizeOf(before), bytesAfter: sizeOf(after), unsure };
}

function changesOf(before: DeliveredEntry, after: DeliveredEntry): Change[] {
  if (before.type !== after.type) return ["type"];
  const changes: Change[] = [];
  if (before.mode !== after.mode) changes.push("mode");
  if (before.user !== after.user || before.group !== after.group) changes.push("owner");
  if (before.target !== after.target) changes.push("target");
  if (after.type !== "f") return changes;
  const [one, other] = [before.md5, after.md5];
  if (isKnown(before.size, after.size) && before.size !== after.size) changes.push("size");
  else if (isKnown(one, other) && one !== other) changes.push("content");
  return changes;
}

function isKnown<T>(one: T | undefined, other: T | undefined): boolean {
  return one !== undefined && other !== undefined;
}

/** Neither sums nor times say whether two files of one size have the same contents. */
function isUnsure(before: DeliveredEntry, after: DeliveredEntry): boolean {
  if (after.type !== "f" || isKnown(before.md5, after.md5)) return false;
  return before.modified === undefined || before.modified !== after.modified;
}

function sizeOf(entries: readonly DeliveredEntry[]): number {
  return entries.reduce((sum, { size = 0 }) => sum + size, 0);
}

/** What changed in a path, in a few words: `mode 0555 to 0755, size +120`. */
export function changeText({ changes, before, after }: ChangedEntry): string {
  return changes.map((change) => wordFor(change, before, after)).join(", ");
}

type ChangedEntry = Extract<EntryChange, { kind: "changed" }>;

function wordFor(change: Change, before: DeliveredEntry, after: DeliveredEntry): string {
  switch (change) {
    case "type":
      return `${before.type} became ${after.type}`;
    case "mode":
      return `mode ${modeText(before.mode ?? 0)} to ${modeText(after.mode ?? 0)}`;
    case "owner":
      return `owner ${ownerOf(before)} to ${ownerOf(after)}`;
    case "target":
      return `target ${before.target ?? ""} to ${after.target ?? ""}`;
    case "size": {
      const by = (after.size ?? 0) - (before.size ?? 0);
      return `size ${by > 0 ? "+" : ""}${by} bytes`;
    }
    case "content":
      return "content";
  }
}

function ownerOf({ user = "?", group = "?" }: DeliveredEntry): string {
  return `${user}:${group}`;
}
