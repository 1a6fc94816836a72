// Invariant: after every change the fields say what configure would find once it is written; a change
// that would not have its effect is refused.
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { fail, ok, type Result } from "../result.ts";
import { branchReason, projectReason, valueReason } from "./check-value.ts";
import { bytesOnDisk, Draft, type FileChange, type FileDiff, type NewContents } from "./draft.ts";
import type { Field, ListItem } from "./field.ts";
import { fragmentFields, codeFields, noteFields, otherFields } from "./file-fields.ts";
import { setInFragment, unsetInFragments } from "./fragment-changes.ts";
import { setCode, fragmentBytes } from "./fragment-edit.ts";
import { parseFragment } from "./fragment.ts";
import { isFragmentField, mark } from "./field-marks.ts";
import { imageFields } from "./image-fields.ts";
import { branchFields, buildVersionField, projectFields, projectsPath } from "./line-fields.ts";
import { flagFields, flagLetter, flagReason, flagValue } from "./flag-fields.ts";
import { editBranch, editFirstLine, editFlag, editPair, editProject } from "./line-edit.ts";
import { overlayItems, overlayNames } from "./overlay-contents.ts";
import { imageSettings, imageValueReason } from "./own-settings.ts";
import { settingNamed, settingsOf } from "./schema.ts";
import { readSettings, type Settings, type SettingsPlace } from "./settings.ts";
import { rootSignature } from "./root-signature.ts";
import { settingFields, type FieldSource } from "./setting-fields.ts";
import { starterFile } from "./starter-file.ts";
import { editUser, isUserField, userFields, userReason } from "./user-fields.ts";

/** A change as stages see it: of a setting, or of a file of no known setting. */
export interface SettingChange {
  readonly setting: string | undefined;
  /** Below the root. */
  readonly file: string;
}

/** What a form is made with. */
export interface FormOptions {
  readonly place: SettingsPlace;
  readonly env: NodeJS.ProcessEnv;
  /** Text of configure.local.example. */
  readonly example: string;
  /** The stages that changes make stale, in build order. */
  readonly staleStages: (changes: readonly SettingChange[]) => readonly string[];
}

const empty = Buffer.alloc(0);

/** The settings of a workspace as fields that can be changed, looked over and then written. */
export class SettingsForm {
  readonly #options: FormOptions;
  readonly #draft: Draft;
  #settings: Settings | undefined;
  #fields: readonly Field[] | undefined;
  /** What a field showed before the changes that are not written, by id. */
  #written: ReadonlyMap<string, string> | undefined;

  /** What was counted in overlays, by name. */
  readonly #overlays = new Map<string, ListItem>();

  constructor(options: FormOptions) {
    this.#options = options;
    this.#draft = new Draft(options.place.paths.smartbuildLog);
  }

  get root(): string {
    return this.#options.place.root;
  }

  get layout(): SettingsPlace["layout"] {
    return this.#options.place.layout;
  }

  /** Every field, in the order of the form. */
  get fields(): readonly Field[] {
    return (this.#fields ??= this.#makeFields(this.#draft));
  }

  /** Whether a field has a change that is not written. */
  isChanged(field: Field): boolean {
    if (this.changes.length === 0 || field.target === undefined) return false;
    this.#written ??= new Map(this.#makeFields(undefined).map((each) => [each.id, mark(each)]));
    return this.#written.get(field.id) !== mark(field);
  }

  /** Changes whenever a file that settings stand in does, as far as the root's own files go. */
  get signature(): string {
    return rootSignature(this.root);
  }

  /** Files with changes that are not written. */
  get changes(): readonly FileChange[] {
    return this.#draft.changes;
  }

  get canUndo(): boolean {
    return this.#draft.canUndo;
  }

  field(id: string): Field | undefined {
    return this.fields.find((field) => field.id === id);
  }

  /** Reads everything again; changes that were not written stay. */
  refresh(): void {
    this.#settings = undefined;
    this.#fields = undefined;
    this.#written = undefined;
    this.#overlays.clear();
  }

  /** Changed files that somebody else has changed on disk meanwhile, by name. */
  conflicts(): string[] {
    return this.#draft.conflicts().map((path) => basename(path));
  }

  /** The stages that the next build runs again because of a change of this field. */
  staleStages(field: Field): readonly string[] {
    return this.#options.staleStages(changeOf(field));
  }

  /** The stages that the next build runs again because of all that is not written yet. */
  staleByWriting(): readonly string[] {
    const files = this.changes.map(({ path }) => ({ setting: undefined, file: basename(path) }));
    const fields = this.fields.filter((field) => this.isChanged(field));
    return this.#options.staleStages([...files, ...fields.flatMap(changeOf)]);
  }

  /** The elements of a list with what each holds. */
  listItems(field: Field, names: readonly string[]): ListItem[] {
    if (field.id !== "OVERLAYS") {
      return names.map((name) => ({ name, holds: "", isMissing: false }));
    }
    const fresh = names.filter((name) => !this.#overlays.has(name));
    const code = this.#read().fragments.map(({ text }) => text);
    for (const item of overlayItems(this.#options.place.paths.overlay, fresh, code))
      this.#overlays.set(item.name, item);
    return names.flatMap((name) => this.#overlays.get(name) ?? []);
  }

  /** What could be added to a list. */
  listChoices(field: Field): readonly string[] {
    if (field.id === "OVERLAYS") return overlayNames(this.#options.place.paths.overlay);
    const compilers = settingNamed(this.layout, "PRIMARY_COMPILER")?.choices;
    return field.setting?.name === "SHADOW_COMPILERS" ? (compilers ?? []) : [];
  }

  /** Why a text cannot be the value of a field; undefined when it can. */
  reason(field: Field, value: string): string | undefined {
    if (field.forced !== undefined) return field.forced;
    if (field.target === undefined) return "There is nothing to change here; edit the file itself.";
    if (/[\n\r]/.test(value)) return "A value is one line; this has more.";
    if (field.id.startsWith("configure-projects.")) return projectReason(value);
    if (field.id.startsWith("configure-branches.")) return branchReason(value);
    if (field.id === "configure-buildver") {
      return /^[\w.-]+$/.test(value)
        ? undefined
        : "A name of letters, digits, . _ and - is needed.";
    }
    if (flagLetter(field.id) !== undefined) return flagReason(field, value);
    if (isUserField(field)) return userReason(field, value);
    const { root, layout } = this.#options.place;
    const own = imageSettings(root, layout).find(({ name }) => name === field.id);
    if (own !== undefined) return imageValueReason(own, value);
    return valueReason(field.setting ?? { name: field.id, type: "text" }, value);
  }

  /**
   * Gives a field a value, in the draft only. Failures: `bad-input` with the reason when the value
   * cannot be, or something else would decide all the same.
   */
  set(id: string, value: string): Result<undefined> {
    const field = this.field(id) ?? this.#newProject(id);
    if (field === undefined) return this.#unknown(id);
    const reason = this.reason(field, value);
    if (reason !== undefined) return fail("bad-input", reason);
    if (field.value === value) return ok(undefined);
    return this.#edit(field, value);
  }

  /** Puts other code in place of a field's `code`, in the draft only. Failures as of `set`. */
  setCode(id: string, code: string): Result<undefined> {
    const { target: path = "", code: old } = this.field(id) ?? {};
    // Without anything to run it is a value as any other, and has to be right as one.
    if (old === undefined || !/[$`\\]/.test(code)) return this.set(id, code);
    if (code === old) return ok(undefined);
    const edited = setCode(parseFragment(path, this.#draft.bytes(path) ?? empty), id, code);
    return edited.ok ? this.#change(path, fragmentBytes(edited.value)) : edited;
  }

  /** Takes away what sets a field, so that its default holds. Failures as of `set`. */
  unset(id: string): Result<undefined> {
    const field = this.field(id);
    if (field === undefined) return this.#unknown(id);
    const forced = field.forced ?? (field.target === undefined ? "There is nothing to unset." : "");
    if (forced !== "") return fail("bad-input", forced);
    if (field.isDefault && field.kind !== "project")
      return fail("bad-input", `Nothing sets ${id}; its default holds.`);
    return this.#edit(field, undefined);
  }

  /** Makes the user's own fragment from the example, in the draft. Failure: it exists. */
  create(): Result<undefined> {
    const { place, example } = this.#options;
    const path =
      place.layout === "classic" ? join(place.root, "configure.local") : place.paths.configureBuild;
    if (this.#draft.bytes(path) !== undefined || existsSync(path)) {
      return fail("bad-input", `There is a ${basename(path)} already.`);
    }
    this.#draft.change(path, Buffer.from(starterFile(example, place.layout)));
    this.refresh();
    return ok(undefined);
  }

  /** What writing would change, file by file, without secrets. */
  diff(): FileDiff[] {
    const secrets = [
      ...settingsOf(this.layout).filter(({ type }) => type === "secret"),
      { name: "ROOT_PASSWORD_HASH" },
    ].map(({ name }) => name);
    const pattern = new RegExp(`\\b(${secrets.join("|")})(\\s*\\+?=[ \\t]*).+`);
    return this.#draft.diff((line) =>
      /^\s*#/.test(line) ? line : line.replace(pattern, "$1$2(hidden)"),
    );
  }

  /** Writes all changes; the names of the files. Failure: `cannot-write`. */
  write(): Result<readonly string[]> {
    const written = this.#draft.write();
    this.refresh();
    return written.ok ? ok(written.value.map((path) => basename(path))) : written;
  }

  /** Takes back the last change, or the last write; a sentence that says which. */
  undo(): Result<string> {
    const undone = this.#draft.undo();
    this.refresh();
    return undone;
  }

  /** Reads all files again and makes every change that is not written anew; the ids of those lost. */
  rebase(): readonly string[] {
    const changed = this.fields.filter((field) => this.isChanged(field) && !field.forced);
    this.discard();
    return changed
      .filter(({ id, value, code, isDefault, kind }) => {
        // A secret is not kept in the open, so it cannot be set once more.
        if (kind === "secret" && !isDefault) return true;
        if (code !== undefined) return !this.setCode(id, code).ok;
        if (!isDefault) return value === undefined || !this.set(id, value).ok;
        return this.field(id)?.isDefault !== true && !this.unset(id).ok;
      })
      .map(({ id }) => id);
  }

  /** Forgets what was not written. */
  discard(): void {
    this.#draft.discard();
    this.refresh();
  }

  /** What fields are made of: with the changes of a draft, or as it is on disk. */
  #source(draft: Draft | undefined): FieldSource {
    const { place, env } = this.#options;
    return {
      place,
      env,
      bytes: (path) => (draft === undefined ? bytesOnDisk(path) : draft.bytes(path)),
      settings: draft === undefined ? readSettings(place, env) : this.#read(),
    };
  }

  #makeFields(draft: Draft | undefined): readonly Field[] {
    const source = this.#source(draft);
    const settings = settingFields(source);
    const isFragment = ({ section }: Field): boolean => section === "Settings";
    return [
      ...noteFields(source),
      ...fragmentFields(source),
      ...settings.filter(isFragment),
      buildVersionField(source),
      ...branchFields(source),
      ...projectFields(source),
      ...flagFields(source),
      ...settings.filter((field) => !isFragment(field)),
      ...imageFields(source),
      ...userFields(source),
      ...otherFields(source),
      ...codeFields(source),
    ];
  }

  #unknown(id: string): Result<never> {
    const near = this.fields.find(({ id: other }) => other.toUpperCase() === id.toUpperCase());
    return fail(
      "bad-input",
      `No setting is named ${id} in this tree.`,
      near === undefined ? "`smartbuild config list` names all." : `Did you mean ${near.id}?`,
    );
  }

  /** A project that no line names yet. */
  #newProject(id: string): Field | undefined {
    const folder = /^configure-projects\.([\w.+-]+(?:\/[\w.+-]+)*)$/.exec(id)?.[1];
    const model = this.fields.find(({ kind }) => kind === "project");
    if (folder === undefined || model === undefined) return undefined;
    return { ...model, id, label: folder, isDefault: true };
  }

  #edit(field: Field, value: string | undefined): Result<undefined> {
    const { id, target = "" } = field;
    const bytes = this.#draft.bytes(target) ?? empty;
    const source = this.#source(this.#draft);
    if (id.startsWith("configure-projects.")) {
      const old = this.#draft.bytes(projectsPath(source)) ?? empty;
      return this.#change(target, editProject(old, field.label, value));
    }
    if (id.startsWith("configure-branches."))
      return this.#change(target, editBranch(bytes, field.label, value));
    if (id === "configure-buildver") return this.#change(target, editFirstLine(bytes, value));
    if (isUserField(field)) return this.#change(target, editUser(bytes, id, value));
    const letter = flagLetter(id);
    if (letter !== undefined)
      return this.#change(target, editFlag(bytes, letter, flagValue(field, value)));
    if (!isFragmentField(field))
      return this.#change(target, editPair(bytes, id, value), field.kind === "secret");
    const { contents } = this.#draft;
    if (value !== undefined) {
      const made = setInFragment(field, value, source, contents);
      return made.ok ? this.#changeAll([made.value]) : made;
    }
    const made = unsetInFragments(field, source, contents);
    return made.ok ? this.#changeAll(made.value) : made;
  }

  #change(path: string, after: Buffer, isPrivate = false): Result<undefined> {
    return this.#changeAll([{ path, after, isPrivate }]);
  }

  #changeAll(changes: readonly NewContents[]): Result<undefined> {
    this.#draft.changeAll(changes);
    this.refresh();
    return ok(undefined);
  }

  #read(): Settings {
    const { place, env } = this.#options;
    return (this.#settings ??= readSettings(place, env, this.#draft.contents));
  }
}

function changeOf({ target, setting }: Field): readonly SettingChange[] {
  return target === undefined ? [] : [{ setting: setting?.name, file: basename(target) }];
}
