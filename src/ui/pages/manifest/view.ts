// Invariant: plain data; what one frame shows of the manifest page.
import type { EntryType } from "../../../engine/manifest/query.ts";
import type { EntryState } from "../../../engine/manifest/query.ts";
import type { Tone } from "../../present/cells.ts";
import type { Beyond } from "../../present/more-marks.ts";

/** Which of the page's keys are read. */
export type ManifestKeys = "manifest" | "manifest-filter";

/** What the body of the page is. */
export type ManifestPanel = "entries" | "detail" | "totals" | "builds" | "compare";

/** A path, as a row of the tree or of the list that a filter lets through. */
export interface EntryRow {
  readonly kind: "entry";
  readonly text: string;
  readonly depth: number;
  /** Of a directory with something below it. */
  readonly isOpen?: boolean;
  readonly type: EntryType;
  readonly mode: string;
  readonly owner: string;
  /** Bytes, of a closed directory all below it. */
  readonly size: number | undefined;
  /** Entries below a directory. */
  readonly below: number;
  readonly component: string;
  /** Of a closed directory what matters most of all below it. */
  readonly state: EntryState;
}

/** What a component takes. `share`: of all bytes, 0 to 1; `bar`: of the largest row's. */
export interface TotalRow {
  readonly kind: "total";
  readonly name: string;
  readonly bytes: number;
  readonly entries: number;
  readonly faults: number;
  readonly share: number;
  readonly bar: number;
}

export interface BuildRow {
  readonly kind: "build";
  readonly name: string;
  /** Day and time, local. */
  readonly when: string;
  readonly isNewest: boolean;
  readonly result: string;
}

export interface ChangeRow {
  readonly kind: "change";
  readonly change: "added" | "removed" | "changed";
  readonly path: string;
  readonly detail: string;
}

export type ManifestRow = EntryRow | TotalRow | BuildRow | ChangeRow;

/** A line of the detail; long ones are broken. */
export interface DetailLine {
  readonly text: string;
  readonly tone: Tone;
  /** Cells that its further rows are set in. */
  readonly indent: number;
}

export interface FilterLine {
  readonly text: string;
  readonly isTyping: boolean;
  /** What else could be typed, or what is wrong. */
  readonly hint: string;
}

export interface ManifestView {
  readonly kind: "manifest";
  readonly keys: ManifestKeys;
  readonly panel: ManifestPanel;
  /** Entries in all; undefined before they are read. */
  readonly entries: number | undefined;
  /** Entries that the filter lets through, while one is set. */
  readonly matching: number | undefined;
  /** An earlier build is looked at, and this is not what it shipped. */
  readonly isPast: boolean;
  readonly states: readonly (readonly [EntryState, number])[];
  readonly filter: FilterLine | undefined;
  /** What has to be known of all this, a sentence. */
  readonly note: string | undefined;
  /** Something is still looked for. */
  readonly isBusy: boolean;
  /** Title of a panel that is not the entries. */
  readonly title: string;
  /** The rows on screen; a sentence in their place where there are none. */
  readonly rows: readonly ManifestRow[];
  readonly empty: string;
  /** Index in `rows`; -1 where there is no cursor. */
  readonly cursor: number;
  /** Rows of the list that are not on screen. */
  readonly beyond: Beyond;
  /** The cursor's row, 1-based, and how many there are. */
  readonly place: { readonly at: number; readonly of: number };
  readonly detail: readonly DetailLine[];
  /** Rows of "not delivered" are shown. */
  readonly withUndelivered: boolean;
  /** The entry at the cursor has a line to edit. */
  readonly hasLine: boolean;
  /** Something needs attention. */
  readonly hasFaults: boolean;
}
