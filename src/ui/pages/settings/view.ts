// Invariant: plain data; what one frame shows of the settings page, without any secret.
import type { ListItem } from "../../../engine/settings/field.ts";
import type { Beyond } from "../../present/more-marks.ts";
import type { TypedLine } from "./line-editor.ts";

/** Which of the page's keys are read. */
export type SettingsKeys =
  | "settings"
  | "settings-filter"
  | "settings-edit"
  | "settings-choice"
  | "settings-list"
  | "settings-diff"
  | "settings-leave";

/** How a value came about, which decides how it looks. */
export type ValueLook = "set" | "default" | "unset" | "needed" | "computed" | "odd" | "remark";

/** A row of the form. */
export type FormRow =
  | { readonly kind: "heading"; readonly text: string }
  | {
      readonly kind: "field";
      readonly label: string;
      readonly shown: string;
      readonly look: ValueLook;
      /** Where the value stands; empty where nothing sets it. */
      readonly origin: string;
      readonly isChanged: boolean;
      readonly isOdd: boolean;
      readonly isFixed: boolean;
      readonly isSelected: boolean;
    };

/** A value to choose, and what it does. */
export interface ChoiceRow {
  readonly value: string;
  readonly meaning: string;
}

/** All that is known of the selected field. */
export interface FieldDetail {
  readonly label: string;
  readonly type: string;
  readonly remarks: readonly string[];
  readonly help: string;
  /** The value on lines of its own: code, or what is too long for its row. */
  readonly value: readonly string[];
  readonly default: string | undefined;
  readonly origin: string;
  readonly target: string | undefined;
  readonly flag: string | undefined;
  readonly forced: string | undefined;
  /** What its values do. */
  readonly choices: readonly ChoiceRow[];
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  readonly stages: readonly string[];
  /** Something sets it that can be taken away here. */
  readonly canUnset: boolean;
}

/** A text that is being typed. */
export interface EditView {
  readonly line: TypedLine;
  /** Other half of the value, shown beside it: branch and source of a project. */
  readonly halves?: {
    readonly names: readonly [string, string];
    readonly other: string;
    readonly at: 0 | 1;
  };
  /** What is asked for, where it is no field: `overlay to add`. */
  readonly asks?: string;
  readonly isHidden: boolean;
  readonly reason: string | undefined;
  readonly suggestions: readonly string[];
  /** Index of the suggestion that was picked; -1: none. */
  readonly picked: number;
}

export interface DiffRow {
  readonly sign: " " | "-" | "+" | "file" | "place" | "more";
  readonly text: string;
}

export interface SettingsView {
  readonly kind: "settings";
  readonly keys: SettingsKeys;
  readonly layout: "classic" | "modern" | undefined;
  /** A sentence in place of the form: it is being read, or cannot be. */
  readonly wait: string | undefined;
  /** What to do first in a tree without a fragment of one's own. */
  readonly hint: string | undefined;
  readonly changes: number;
  /** Changed files that somebody else changed on disk. */
  readonly conflicts: readonly string[];
  /** The stages that what was written made stale, until a build begins. */
  readonly stale: readonly string[];
  /** Nothing was done since they were. */
  readonly isJustWritten: boolean;
  readonly isRunning: boolean;
  readonly canUndo: boolean;
  readonly filter: string | undefined;
  readonly found: number;
  /** The rows that are on screen. */
  readonly rows: readonly FormRow[];
  /** Rows of the form that are not. */
  readonly beyond: Beyond;
  /** Cells for the labels. */
  readonly labelWidth: number;
  readonly detail: FieldDetail | undefined;
  readonly edit: EditView | undefined;
  readonly choice: { readonly choices: readonly ChoiceRow[]; readonly at: number } | undefined;
  readonly list:
    | {
        readonly label: string;
        readonly items: readonly ListItem[];
        readonly at: number;
        readonly reason: string | undefined;
      }
    | undefined;
  readonly diff:
    | { readonly rows: readonly DiffRow[]; readonly above: number; readonly below: number }
    | undefined;
}
