// Invariant: a field's details are all that the engine knows of it; secrets are not among it.
import { basename } from "node:path";
import type { Field } from "../../../engine/settings/field.ts";
import type { SettingsForm } from "../../../engine/settings/form.ts";
import { originText } from "./form-rows.ts";
import type { ChoiceRow, FieldDetail } from "./view.ts";
import { visibleText } from "./visible-text.ts";

/** Longer values are repeated in full below the form. */
const longValue = 30;

function valueLines({ kind, value, shown }: Field): readonly string[] {
  if (kind === "code") return (value ?? shown).split("\n").map(visibleText);
  if (kind === "secret" || kind === "note") return [];
  return shown.length > longValue ? [visibleText(shown)] : [];
}

/** The values of a choice with what each does. */
export function choiceRows({ choices = [], meanings = {} }: Field): readonly ChoiceRow[] {
  return choices.map((value) => ({ value, meaning: meanings[value] ?? "" }));
}

/** What is shown of a field below or beside the form. */
export function fieldDetail(form: SettingsForm, field: Field): FieldDetail {
  const { isOdd, notes, target, flag, forced, isRequired, kind } = field;
  return {
    label: field.label,
    type: field.type,
    remarks: [
      ...(isRequired ? ["needed"] : []),
      ...(form.isChanged(field) ? ["changed, not written"] : []),
    ],
    help: field.help,
    value: valueLines(field),
    default:
      kind === "file" || kind === "code" || kind === "note" ? undefined : (field.default ?? "none"),
    origin: originText(form, field),
    target: target === undefined || forced !== undefined ? undefined : basename(target),
    flag,
    forced,
    choices: choiceRows(field),
    warnings: [...(kind === "note" ? [`${field.shown}.`] : []), ...(isOdd ? notes : [])].map(
      visibleText,
    ),
    notes: isOdd ? [] : notes.map(visibleText),
    stages: form.staleStages(field),
    canUnset:
      target !== undefined && forced === undefined && (!field.isDefault || kind === "project"),
  };
}
