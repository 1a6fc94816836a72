// Invariant: pure but for sinceBuildLines, which reads the newest build; no secret in any line.
import { relative } from "node:path";
import { readRequest } from "../engine/host/request.ts";
import { buildFolders } from "../engine/journal/builds.ts";
import { ok, type Result } from "../engine/result.ts";
import type { Field } from "../engine/settings/field.ts";
import type { SettingsForm } from "../engine/settings/form.ts";
import { placeText } from "../engine/settings/setting-fields.ts";
import { readSettings } from "../engine/settings/settings.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";

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
  const width = Math.max(0, ...shown.map(({ label }) => label.length));
  let section = "";
  return shown.flatMap((field) => {
    const heading =
      field.section === section ? [] : [...(section === "" ? [] : [""]), field.section];
    section = field.section;
    const value = visible(
      field.isDefault && field.shown === "" ? (field.default ?? "") : field.shown,
    );
    const origin = isLooked(field) ? "" : originOf(form, field);
    const name = field.id.startsWith("configure-") ? field.id : field.label;
    const line = `  ${name.padEnd(width)}  ${value}${origin === "" ? "" : `  (${origin})`}`;
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

/** The settings that the newest build saw otherwise, and the stages that read them. */
export function sinceBuildLines(
  form: SettingsForm,
  workspace: Workspace,
): Result<readonly string[]> {
  const newest = buildFolders(workspace.paths.smartbuildLog)[0];
  if (newest === undefined) return ok(["Nothing was built here yet."]);
  const { fingerprints } = readRequest(newest);
  const readers = new Map<string, string[]>();
  const then = new Map<string, string>();
  for (const [stage, { settings }] of Object.entries(fingerprints)) {
    for (const [name, hash] of Object.entries(settings)) {
      then.set(name, hash);
      readers.set(name, [...(readers.get(name) ?? []), stage]);
    }
  }
  const now = readSettings(workspace).hash([...then.keys()]);
  const changed = [...then].filter(([name, hash]) => now[name] !== hash).map(([name]) => name);
  if (changed.length === 0) return ok(["Nothing has changed since the newest build."]);
  return ok(
    changed.map((name) => {
      const field = form.field(name);
      const value = field === undefined ? "changed" : visible(field.shown) || "no longer set";
      return `${name}: ${value}  (read by ${readers.get(name)?.join(", ") ?? ""})`;
    }),
  );
}

/** The changes of the form as a diff. */
export function diffLines(form: SettingsForm): string[] {
  return form.diff().flatMap(({ path, isNew, isPrivate, hunks }) => {
    const name = relative(form.root, path);
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
