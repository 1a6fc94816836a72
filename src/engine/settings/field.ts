// Invariant: a field is plain data: all that a form shows of one setting, and nothing secret in what
// it shows.
import type { Setting } from "./setting.ts";

/** How a field is edited; `code`, `file` and `note` are only looked at. */
export type FieldKind =
  "text" | "toggle" | "choice" | "list" | "secret" | "project" | "code" | "file" | "note";

/** A place in a file. */
export interface Place {
  /** Absolute, or `environment`. */
  readonly file: string;
  /** 1-based; 0 for the file as a whole. */
  readonly line: number;
}

/** One setting of a form. */
export interface Field {
  /** Unique; the name that `smartbuild config` takes. */
  readonly id: string;
  readonly label: string;
  /** Heading above it. */
  readonly section: string;
  readonly kind: FieldKind;
  /** The type in words. */
  readonly type: string;
  /** The value, where it is known; undefined when nothing sets it or code computes it. */
  readonly value?: string;
  /** Of a value that code computes: what stands between its double quotes, to be edited as it is. */
  readonly code?: string;
  /** One line for the screen: the value, the code that computes it, or nothing. */
  readonly shown: string;
  /** What holds when nothing sets it. */
  readonly default?: string;
  /** Nothing sets it, so the default holds. */
  readonly isDefault: boolean;
  /** Where the value stands. */
  readonly origin?: Place;
  readonly help: string;
  readonly choices?: readonly string[];
  /** What each choice does, by its value. */
  readonly meanings?: Readonly<Record<string, string>>;
  readonly isRequired: boolean;
  /** Flag of configure that sets it, too. */
  readonly flag?: string;
  /** Why it cannot be changed here, one sentence. */
  readonly forced?: string;
  /** What else there is to know, a sentence each: warnings, what is shadowed, what computes it. */
  readonly notes: readonly string[];
  /** True when a note is a warning. */
  readonly isOdd: boolean;
  /** The file that an edit changes, absolute; absent where nothing is edited. */
  readonly target?: string;
  /** The setting of the schema behind it. */
  readonly setting?: Setting;
  /** The repository its branches are in, below the root. */
  readonly repository?: string;
}

/** One element of an ordered list. */
export interface ListItem {
  readonly name: string;
  /** What it holds, in a few words. */
  readonly holds: string;
  readonly isMissing: boolean;
}
