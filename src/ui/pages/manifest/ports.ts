// Invariant: all that the manifest page asks of the world; what cannot be done is a sentence.
import type { PlacedLine } from "../../../engine/manifest/query.ts";
import type { Comparison } from "../../../engine/manifest/query-diff.ts";
import type { Shipped, ShippedEntry } from "../../../engine/manifest/query.ts";

export interface Refused {
  readonly refused: string;
}

/** A build that what ships can be compared with. */
export interface ComparableBuild {
  readonly folder: string;
  readonly name: string;
  /** ISO 8601; empty while its journal cannot be read. */
  readonly startedAt: string;
  readonly isNewest: boolean;
  /** e.g. `succeeded`. */
  readonly result: string;
}

/** A line of a manifest where somebody edits it, below the workspace. */
export interface NamedLine {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly text: string;
}

export interface ManifestPorts {
  /** Reads what ships; `onLines` gets the entries before their files are looked for. */
  readonly read: (
    onLines: (shipped: Shipped) => void,
    signal: AbortSignal,
  ) => Promise<{ readonly shipped: Shipped } | Refused>;
  /** The same with the component that installed each entry, as far as logs tell. */
  readonly installers: (shipped: Shipped, signal: AbortSignal) => Promise<Shipped>;
  /** What is in the proto area and in no manifest. */
  readonly undelivered: (shipped: Shipped, signal: AbortSignal) => Promise<readonly ShippedEntry[]>;
  /** Builds that kept what their image got, newest first. */
  readonly builds: () => Promise<readonly ComparableBuild[]>;
  /** What ships now against what a build's image got. */
  readonly compare: (
    buildFolder: string,
    shipped: Shipped,
    onProgress: (share: number) => void,
    signal: AbortSignal,
  ) => Promise<{ readonly comparison: Comparison } | Refused>;
  /** Where lines of manifest.d are edited. */
  readonly places: (lines: readonly PlacedLine[]) => readonly NamedLine[];
}
