// Invariant: pure but for sinceBuildLines, which reads what was built; no secret in any line.
import { stageRecords } from "../engine/journal/history.ts";
import type { Field } from "../engine/settings/field.ts";
import type { SettingsForm } from "../engine/settings/form.ts";
import { placeText } from "../engine/settings/place-text.ts";
import type { Prepared } from "./prepare.ts";

/** A text with its control characters made visible. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x20 ? `^${String.fromCodePoint(code + 0x40)}` : "?";
  });
}

function isLooked({ kind }: Field): boolean {
  return kind === "note" || kind === "file" || kind === "code";
}

function originOf(form: SettingsForm, { isDefault, origin }: Field): string {
  if (origin !== undefined) return placeText(form.root, origin);
  return isDefault ? "default" : "";
}

/** The settings by section, a line each: name, value, where it stands. */
export function listLines(form: SettingsForm, all: boolean): string[] {
  const shown = form.fields.filter(
    (field) => all || !field.isDefault || field.origin !== undefined,
  );
  const nameOf = ({ id, label }: Field): string => (id.startsWith("configure-") ? id : label);
  const width = Math.max(0, ...shown.map((field) => nameOf(field).length));
  let section = "";
  return shown.flatMap((field) => {
    const heading =
      field.section === section ? [] : [...(section === "" ? [] : [""]), field.section];
    section = field.section;
    const value = visible(
      field.isDefault && field.shown === "" ? (field.default ?? "") : field.shown,
    );
    const origin = isLooked(field) ? "" : originOf(form, field);
    const line = `  ${nameOf(field).padEnd(width)}  ${value}${origin === "" ? "" : `  (${origin})`}`;
    const notes = field.isOdd || field.forced !== undefined ? field.notes : [];
    return [...heading, line.trimEnd(), ...notes.map((note) => `      ${visible(note)}`)];
  });
}

/** All fields as one JSON object. */
export function jsonOf(form: SettingsForm): string {
  return JSON.stringify({
    version: 1,
    workspace: form.root,
    layout: form.layout,
    settings: form.fields.map((field) => ({
      name: field.id,
      section: field.section,
      kind: field.kind,
      type: field.type,
      value: field.value ?? null,
      source: field.shown,
      default: field.default ?? null,
      isDefault: field.isDefault,
      file: field.origin?.file ?? null,
      line: field.origin?.line ?? null,
      help: field.help,
      ...(field.choices === undefined ? {} : { choices: field.choices }),
      ...(field.meanings === undefined ? {} : { meanings: field.meanings }),
      ...(field.forced === undefined ? {} : { forced: field.forced }),
      notes: field.notes,
      stages: form.staleStages(field),
    })),
  });
}

/** What is not as it is without anybody's doing. */
export function unlikeDefaultLines(form: SettingsForm): string[] {
  const lines = form.fields
    .filter((field) => !isLooked(field) && !field.isDefault)
    .filter((field) => field.value !== field.default || field.kind === "secret")
    .flatMap((field) => [
      ...(field.default === undefined ? [] : [`-${field.id}=${visible(field.default)}`]),
      `+${field.id}=${visible(field.shown)}  (${originOf(form, field)})`,
    ]);
  return lines.length === 0 ? ["Everything is at its default."] : lines;
}

/** The settings that are otherwise than when stages were built, and the stages that read them. */
export function sinceBuildLines(
  form: SettingsForm,
  { workspace, fingerprints }: Pick<Prepared, "workspace" | "fingerprints">,
): readonly string[] {
  const history = stageRecords(workspace.paths.smartbuildLog, Object.keys(fingerprints));
  const readers = new Map<string, string[]>();
  let isBuilt = false;
  for (const [stage, { settings }] of Object.entries(fingerprints)) {
    const then = history.get(stage)?.fingerprint?.settings;
    if (then === undefined) continue;
    isBuilt = true;
    for (const [name, hash] of Object.entries(settings)) {
      if (then[name] !== hash) readers.set(name, [...(readers.get(name) ?? []), stage]);
    }
  }
  if (!isBuilt) return ["Nothing was built here yet."];
  if (readers.size === 0) return ["Nothing has changed since the stages were built."];
  return [...readers].map(([name, stages]) => {
    const field = form.field(name);
    const value = field === undefined ? "changed" : visible(field.shown) || "no longer set";
    return `${name}: ${value}  (read by ${stages.join(", ")})`;
  });
}

/** The changes of the form as a diff. */
export function diffLines(form: SettingsForm): string[] {
  return form.diff().flatMap(({ path, isNew, isPrivate, hunks }) => {
    const name = placeText(form.root, { file: path, line: 0 });
    return [
      isNew ? `--- (new file)` : `--- ${name}`,
      `+++ ${name}${isPrivate ? "  (readable by its owner only)" : ""}`,
      ...hunks.flatMap((hunk) => [
        `@@ line ${hunk[0]?.line ?? 1} @@`,
        ...hunk.map(({ sign, text }) => sign + visible(text)),
      ]),
    ];
  });
}
