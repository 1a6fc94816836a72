// Invariant: the selected row is in the window, and the window is never scrolled further than needed.
import type { Field } from "../../../engine/settings/field.ts";
import type { SettingsForm } from "../../../engine/settings/form.ts";
import { placeText } from "../../../engine/settings/place-text.ts";
import { beyond, type Beyond } from "../../present/more-marks.ts";
import { visibleText } from "./visible-text.ts";
import type { FormRow, ValueLook } from "./view.ts";

/** The fields that hold every word of a filter in their name, value, heading or help. */
export function matching(fields: readonly Field[], filter: string): readonly Field[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return fields;
  return fields.filter(({ label, shown, section, help }) => {
    const text = `${label} ${shown} ${section} ${help}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Where a field's value stands, in a few letters. */
export function originText(form: SettingsForm, { origin, isDefault, kind }: Field): string {
  if (kind === "file" || kind === "code" || kind === "note") return "";
  if (origin !== undefined) return placeText(form.root, origin);
  return isDefault ? "" : "?";
}

/** Of a file elsewhere its name has to do in a row. */
function shortOrigin(origin: string): string {
  return origin.startsWith("/") ? origin.slice(origin.lastIndexOf("/") + 1) : origin;
}

function lookOf(field: Field): ValueLook {
  const { kind, isDefault, isRequired, shown, value } = field;
  if (field.isOdd) return "odd";
  if (kind === "file" || kind === "note") return "remark";
  if (kind === "code") return "computed";
  if (isDefault && shown === "")
    return field.default === undefined ? (isRequired ? "needed" : "unset") : "default";
  if (kind === "secret") return "set";
  if (isDefault) return "default";
  return value === undefined ? "computed" : "set";
}

/** What stands in the row of a field for its value. */
export function shownValue(field: Field): string {
  const { shown, isDefault, isRequired } = field;
  if (shown !== "") return visibleText(shown);
  if (!isDefault) return "(empty)";
  if (field.default !== undefined) return field.default === "" ? "(empty)" : field.default;
  return isRequired ? "not set, configure may need it" : "not set";
}

/** One entry of the form: a heading or a field. */
type Entry = { readonly heading: string } | { readonly field: Field };

/** The rows that are on screen, and the first of them for the next time. */
export function formWindow(
  form: SettingsForm,
  fields: readonly Field[],
  selected: Field | undefined,
  room: { readonly top: number; readonly height: number },
): { readonly rows: readonly FormRow[]; readonly top: number; readonly beyond: Beyond } {
  const entries: Entry[] = [];
  let section = "";
  for (const field of fields) {
    if (field.section !== section) entries.push({ heading: field.section });
    section = field.section;
    entries.push({ field });
  }
  const at = entries.findIndex((entry) => "field" in entry && entry.field === selected);
  // The heading above the first field of a section comes along.
  const from = at > 0 && "heading" in (entries[at - 1] ?? {}) ? at - 1 : at;
  const most = Math.max(0, entries.length - room.height);
  const down = Math.max(room.top, at - room.height + 1);
  const top = Math.max(0, Math.min(most, room.height > 1 ? Math.min(down, from) : at));
  const rows = entries.slice(top, top + room.height).map((entry): FormRow => {
    if ("heading" in entry) return { kind: "heading", text: entry.heading };
    const { field } = entry;
    return {
      kind: "field",
      label: field.label,
      shown: shownValue(field),
      look: lookOf(field),
      origin: shortOrigin(originText(form, field)),
      isChanged: form.isChanged(field),
      isOdd: field.isOdd,
      isFixed: field.forced !== undefined,
      isSelected: field === selected,
    };
  });
  return { rows, top, beyond: beyond(top, rows.length, entries.length) };
}
