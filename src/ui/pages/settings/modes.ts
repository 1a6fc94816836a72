// Invariant: the page is in exactly one mode, and each mode reads one set of keys.
import type { Field } from "../../../engine/settings/field.ts";
import type { FieldEdit } from "./field-edit.ts";
import type { ListEdit } from "./list-edit.ts";
import type { DiffRow, SettingsKeys } from "./view.ts";

/** What is being done on the page. */
export type Mode =
  | { readonly kind: "browse" | "filter" | "leave" }
  | { readonly kind: "edit"; readonly edit: FieldEdit; readonly list?: ListEdit }
  | { readonly kind: "choice"; readonly field: Field; readonly at: number }
  | { readonly kind: "list"; readonly list: ListEdit }
  | { readonly kind: "diff"; readonly rows: readonly DiffRow[]; readonly top: number };

export const browsing: Mode = { kind: "browse" };

/** The keys of each mode. */
export const keysOf: Readonly<Record<Mode["kind"], SettingsKeys>> = {
  browse: "settings",
  filter: "settings-filter",
  edit: "settings-edit",
  choice: "settings-choice",
  list: "settings-list",
  diff: "settings-diff",
  leave: "settings-leave",
};

/** The mode in which a field is changed, where it takes more than a key; undefined for a text. */
export function modeOfChange(field: Field, list: (field: Field) => ListEdit): Mode | undefined {
  if (field.kind === "choice") {
    const at = (field.choices ?? []).indexOf(field.value ?? field.default ?? "");
    return { kind: "choice", field, at: Math.max(0, at) };
  }
  // A list that code computes has no elements to move; it can only be typed anew.
  const isKnown = field.value !== undefined || field.isDefault;
  return field.kind === "list" && isKnown ? { kind: "list", list: list(field) } : undefined;
}
