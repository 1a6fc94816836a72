// Invariant: a setting is changed by typed answers only, and its diff is said before it is written.
import type { Field } from "../engine/settings/field.ts";
import type { SettingsForm } from "../engine/settings/form.ts";
import { placeText } from "../engine/settings/place-text.ts";
import type { Dialog } from "../ui/linear/dialog.ts";
import { diffLines } from "./config-text.ts";

const isEdited = ({ kind, target }: Field): boolean =>
  target !== undefined && kind !== "note" && kind !== "file" && kind !== "code";

/** Lists the settings and changes those that are chosen. */
export async function talkOfSettings(dialog: Dialog, form: SettingsForm): Promise<void> {
  for (const note of form.fields.filter(({ kind, isOdd }) => kind === "note" || isOdd)) {
    if (note.kind === "note") dialog.say(`Note: ${note.label}: ${note.shown}.`);
    for (const text of note.notes) dialog.say(`Note: ${text}`);
  }
  for (;;) {
    const fields = form.fields.filter(isEdited);
    const chosen = await dialog.choose(
      "Settings:",
      fields.map((field) => ({ text: `${field.label}: ${valueOf(field)}` })),
    );
    const field = fields[chosen ?? -1];
    if (field === undefined) return;
    await change(dialog, form, field);
  }
}

async function change(dialog: Dialog, form: SettingsForm, field: Field): Promise<void> {
  dialog.say(...describe(form, field));
  if (field.forced !== undefined) return;
  for (;;) {
    const answer = await dialog.ask("New value, - for the default, or nothing to leave it:");
    if (answer === undefined || answer === "") return;
    const value = byNumber(field, answer);
    const set = answer === "-" ? form.unset(field.id) : form.set(field.id, value);
    if (set.ok) break;
    dialog.say(`Refused: ${set.failure.message}`);
  }
  await write(dialog, form, field);
}

/** What a form shows of a field, a line each. */
function describe(form: SettingsForm, field: Field): string[] {
  const stale = form.staleStages(field);
  return [
    `${field.label}. ${field.help}`,
    `Type: ${field.type}.`,
    ...choiceLines(field),
    `Default: ${field.default ?? "none"}.`,
    `Now: ${valueOf(field)}${field.origin === undefined ? "" : `, from ${placeText(form.root, field.origin)}`}.`,
    ...field.notes,
    ...(field.forced === undefined ? [] : [`It cannot be changed here: ${field.forced}`]),
    ...(stale.length === 0 ? [] : [`A change makes the next build run: ${stale.join(", ")}.`]),
  ];
}

function choiceLines({ choices = [], meanings = {} }: Field): string[] {
  return choices.map((choice, index) => {
    const meaning = meanings[choice];
    const name = choice === "" ? "empty" : choice;
    return `${String(index + 1)}. ${name}${meaning === undefined ? "" : `: ${meaning}`}`;
  });
}

/** Choices can be named by their number, unless a choice is that number itself. */
function byNumber({ choices = [] }: Field, answer: string): string {
  if (choices.includes(answer) || !/^\d+$/.test(answer)) return answer;
  return choices[Number(answer) - 1] ?? answer;
}

function valueOf(field: Field): string {
  if (field.kind === "secret") return field.isDefault ? "not set" : "set, not shown";
  const value = field.shown === "" ? (field.default ?? "") : field.shown;
  return value === "" ? "not set" : value;
}

async function write(dialog: Dialog, form: SettingsForm, field: Field): Promise<void> {
  const lines = diffLines(form);
  if (lines.length === 0) {
    dialog.say(`${field.label} has that value already.`);
    return;
  }
  dialog.say("This would be written:", ...lines);
  const chosen = await dialog.choose("Write it?", [
    { text: "Write" },
    { text: "Leave it as it was" },
  ]);
  if (chosen !== 0) {
    form.discard();
    dialog.say("Nothing was written.");
    return;
  }
  const stale = form.staleByWriting();
  const written = form.write();
  if (!written.ok) {
    dialog.say(written.failure.message);
    return;
  }
  dialog.say(`Wrote ${written.value.join(", ")}.`);
  if (stale.length > 0) dialog.say(`The next build runs again: ${stale.join(", ")}.`);
}
