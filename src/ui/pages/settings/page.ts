// Invariant: the settings page reads its files when it comes on screen, and never changes the build;
// a file changes only after its diff was shown.
import type { Field } from "../../../engine/settings/field.ts";
import type { SettingsForm } from "../../../engine/settings/form.ts";
import type { PageOptions } from "../page-options.ts";
import type { Motion, Page, PageSize } from "../page.ts";
import { diffRows } from "./diff-text.ts";
import { FormSource } from "./form-source.ts";
import { FieldEdit } from "./field-edit.ts";
import { matching } from "./form-rows.ts";
import { edited, typed, typedLine, type LineEdit, type TypedLine } from "./line-editor.ts";
import { ListEdit } from "./list-edit.ts";
import { browsing, modeOfChange, type Mode } from "./modes.ts";
import { diffTop, pageView } from "./page-view.ts";
import type { SettingsView } from "./view.ts";
import { notWritten, notWrittenBecause, readAgain, Written } from "./written.ts";

/** What the page takes of the console. */
export interface SettingsPageOptions extends Pick<
  PageOptions,
  "root" | "isRunning" | "newest" | "onNews"
> {
  readonly ports: Pick<PageOptions["ports"], "settings">;
}

export class SettingsPage implements Page {
  readonly #options: SettingsPageOptions;
  readonly #source: FormSource;
  #mode: Mode = browsing;
  #selected = "";
  #top = 0;
  #filter: TypedLine | undefined;
  readonly #written = new Written();
  /** Rows that a page has, and the room of the last frame. */
  #page = 1;
  #size: PageSize = { columns: 80, rows: 20 };

  constructor(options: SettingsPageOptions) {
    this.#options = options;
    this.#source = new FormSource(options.ports.settings, options.onNews);
  }

  enter(): void {
    this.#source.open();
    this.#keepSelection();
  }

  poll(): boolean {
    return this.#source.poll();
  }

  view(size: PageSize): SettingsView {
    this.#written.look(this.#newest, this.#options.isRunning());
    const { view, top, page } = pageView(
      {
        form: this.#form,
        wait: this.#source.wait,
        mode: this.#mode,
        fields: this.#fields,
        field: this.#field,
        filter: this.#filter?.text,
        top: this.#top,
        conflicts: this.#source.conflicts,
        stale: this.#written.stale,
        isJustWritten: this.#written.isFresh,
        isRunning: this.#options.isRunning(),
      },
      size,
    );
    this.#top = top;
    this.#page = page;
    this.#size = size;
    return view;
  }

  move(motion: Motion): void {
    this.#written.isFresh = false;
    const fields = this.#fields;
    const at = Math.max(
      0,
      fields.findIndex(({ id }) => id === this.#selected),
    );
    const to =
      "to" in motion
        ? motion.to === "first"
          ? 0
          : fields.length - 1
        : at + ("rows" in motion ? motion.rows : motion.screens * this.#page);
    this.#select(fields[Math.max(0, Math.min(fields.length - 1, to))]);
    if ("to" in motion && motion.to === "first") this.#top = 0;
  }

  back(): boolean {
    if (this.#filter === undefined) return false;
    this.#filter = undefined;
    return true;
  }

  type(key: string): boolean {
    const text = key === "space" ? " " : Array.from(key).length === 1 ? key : "";
    return text !== "" && this.#put(text);
  }

  paste(text: string): boolean {
    const mode = this.#mode;
    const line = text.replace(/\r?\n$/, "");
    if (mode.kind === "edit" && /[\r\n]/.test(line)) {
      mode.edit.reason = "The pasted text has more than one line; a value is one line.";
      return true;
    }
    return this.#put(line.replace(/\p{Cc}/gu, " "));
  }

  /** There are changes that no file has yet. */
  get hasUnwritten(): boolean {
    return (this.#form?.changes.length ?? 0) > 0;
  }

  /** Called before the console is left; true when there is something to ask first. */
  asksBeforeLeaving(): boolean {
    if (!this.hasUnwritten || this.#mode.kind === "leave") return false;
    this.#mode = { kind: "leave" };
    return true;
  }

  close(): void {
    this.#source.form = undefined;
  }

  /** Begins to change the selected field; a sentence where that cannot be. */
  change(): string | undefined {
    this.#written.isFresh = false;
    const form = this.#form;
    const field = this.#field;
    if (form === undefined || field === undefined) return undefined;
    if (field.forced !== undefined) return field.forced;
    if (field.target === undefined) {
      return "There is nothing to change here; {settings-open} opens the file in your editor.";
    }
    if (field.kind === "toggle") {
      const [first = "", second = ""] = field.choices ?? [];
      return this.#take(field, (field.value ?? field.default) === first ? second : first);
    }
    const mode = modeOfChange(field, (each) => new ListEdit(each));
    if (mode !== undefined) {
      this.#mode = mode;
      return undefined;
    }
    const edit = new FieldEdit(field, "value");
    this.#mode = { kind: "edit", edit };
    this.#fetchBranches(field, edit);
    return undefined;
  }

  find(): void {
    this.#filter = typedLine("");
    this.#mode = { kind: "filter" };
  }

  review(): void {
    if (this.#form === undefined) return;
    this.#source.conflicts = this.#form.conflicts();
    this.#mode = { kind: "diff", rows: diffRows(this.#form), top: 0 };
  }

  /** Writes what was shown; `leaves`: the console was to be left, and now can be. */
  write(): { readonly said: string; readonly leaves: boolean } {
    const wasLeaving = this.#mode.kind === "leave";
    this.#mode = browsing;
    const stale = this.#form?.staleByWriting() ?? [];
    const written = this.#form?.write();
    if (written === undefined) return { said: "", leaves: false };
    this.#source.refresh();
    if (!written.ok) {
      const isConflict = (this.#form?.conflicts().length ?? 0) > 0;
      const message = written.failure.message.replace(`${this.#options.root}/`, "");
      return { said: notWrittenBecause(message, isConflict), leaves: false };
    }
    const said = this.#written.note(written.value, stale, this.#newest, this.#options.isRunning());
    return { said, leaves: wasLeaving };
  }

  /** Forgets what was not written. */
  drop(): void {
    this.#form?.discard();
    this.#mode = browsing;
  }

  undo(): string | undefined {
    const undone = this.#form?.undo();
    if (undone === undefined) return undefined;
    if (undone.ok) this.#written.forget();
    return undone.ok ? undone.value : undone.failure.message;
  }

  toDefault(): string | undefined {
    this.#written.isFresh = false;
    const field = this.#field;
    if (field === undefined) return undefined;
    const unset = this.#form?.unset(field.id);
    return unset?.ok === false ? unset.failure.message : notWritten;
  }

  create(): string | undefined {
    const made = this.#form?.create();
    if (made === undefined) return undefined;
    if (!made.ok) return made.failure.message;
    this.review();
    return undefined;
  }

  addProject(): string | undefined {
    const model = this.#form?.fields.find(({ kind }) => kind === "project");
    if (model === undefined) return "No list of projects was found in this tree.";
    this.#mode = { kind: "edit", edit: new FieldEdit(model, "project") };
    return undefined;
  }

  reload(): string | undefined {
    const form = this.#form;
    if (form === undefined) return undefined;
    const lost = form.conflicts().length > 0 ? form.rebase() : [];
    this.#source.refresh();
    return readAgain(form.changes.length > 0, lost);
  }

  /** Takes what was typed or chosen. */
  take(): string | undefined {
    const mode = this.#mode;
    switch (mode.kind) {
      case "filter":
        if (this.#filter?.text === "") this.#filter = undefined;
        this.#mode = browsing;
        return undefined;
      case "choice":
        return this.#take(mode.field, mode.field.choices?.[mode.at] ?? "");
      case "list":
        return this.#takeList(mode.list);
      case "edit":
        return this.#takeEdit(mode);
      case "browse":
      case "diff":
      case "leave":
        return undefined;
    }
  }

  cancel(): void {
    const mode = this.#mode;
    if (mode.kind === "filter") this.#filter = undefined;
    const goesBack = mode.kind === "edit" && mode.list !== undefined;
    this.#mode = goesBack ? { kind: "list", list: mode.list } : browsing;
  }

  edit(edit: LineEdit): void {
    if (this.#mode.kind === "edit") this.#mode.edit.edit(edit);
    else if (this.#filter !== undefined) {
      this.#filter = edited(this.#filter, edit);
      this.#keepSelection();
    }
  }

  turn(): void {
    if (this.#mode.kind === "edit") this.#mode.edit.turn();
  }

  step(by: 1 | -1): void {
    const mode = this.#mode;
    if (mode.kind === "edit") mode.edit.pick(by);
    else if (mode.kind === "list") mode.list.step(by);
    else if (mode.kind === "diff") this.#scroll(by);
    else if (mode.kind === "choice") {
      const count = mode.field.choices?.length ?? 1;
      this.#mode = { ...mode, at: (mode.at + by + count) % count };
    } else this.move({ rows: by });
  }

  turnPage(by: 1 | -1): void {
    this.#scroll(by * this.#page);
  }

  moveItem(by: 1 | -1): void {
    if (this.#mode.kind === "list") this.#mode.list.move(by);
  }

  removeItem(): void {
    if (this.#mode.kind === "list") this.#mode.list.remove();
  }

  addItem(): void {
    const mode = this.#mode;
    if (mode.kind !== "list" || this.#form === undefined) return;
    const { field, names } = mode.list;
    const there = this.#form.listChoices(field).filter((name) => !names.includes(name));
    this.#mode = { kind: "edit", edit: new FieldEdit(field, "item", there), list: mode.list };
  }

  /** Where the editor is to open, or why it cannot. */
  placeToEdit(): string | { readonly file: string; readonly line: number; readonly root: string } {
    const { root } = this.#options;
    const field = this.#field;
    if (field === undefined) return "No setting is selected.";
    const { origin } = field;
    if (origin !== undefined && origin.file !== "environment") return { ...origin, root };
    return field.isDefault && field.forced === undefined
      ? "Nothing sets it yet; {settings-change} gives it a value."
      : "It stands in no file.";
  }

  #scroll(by: number): void {
    const mode = this.#mode;
    if (mode.kind !== "diff") return;
    this.#mode = { ...mode, top: diffTop(mode.rows, mode.top + by, this.#size) };
  }

  get #newest(): string | undefined {
    return this.#options.newest()?.folder;
  }

  get #form(): SettingsForm | undefined {
    return this.#source.form;
  }

  get #fields(): readonly Field[] {
    return matching(this.#form?.fields ?? [], this.#filter?.text ?? "");
  }

  get #field(): Field | undefined {
    const fields = this.#fields;
    return fields.find(({ id }) => id === this.#selected) ?? fields[0];
  }

  #select(field: Field | undefined): void {
    if (field !== undefined) this.#selected = field.id;
  }

  #keepSelection(): void {
    this.#select(this.#field);
  }

  #put(text: string): boolean {
    if (this.#mode.kind === "edit") this.#mode.edit.type(text);
    else if (this.#mode.kind === "filter" && this.#filter !== undefined) {
      this.#filter = typed(this.#filter, text);
      this.#keepSelection();
    } else return false;
    return true;
  }

  /** Gives a field a value; a sentence either way. */
  #take(field: Field, value: string): string {
    const set = this.#form?.set(field.id, value);
    this.#mode = browsing;
    return set?.ok === false ? set.failure.message : this.#said();
  }

  #said(): string {
    return (this.#form?.changes.length ?? 0) === 0 ? "That is what it was before." : notWritten;
  }

  #takeList(list: ListEdit): string | undefined {
    const set = this.#form?.set(list.field.id, list.value);
    if (set?.ok === false) {
      list.reason = set.failure.message;
      return undefined;
    }
    this.#mode = browsing;
    return this.#said();
  }

  #takeEdit({ edit, list }: Extract<Mode, { kind: "edit" }>): string | undefined {
    const { text } = edit;
    if (edit.purpose === "item" && list !== undefined) {
      edit.reason = list.reasonAgainst(text);
      if (edit.reason !== undefined) return undefined;
      list.add(text);
      this.#mode = { kind: "list", list };
      return undefined;
    }
    const id = this.#form && edit.giveTo(this.#form);
    if (id === undefined) return undefined;
    this.#mode = browsing;
    if (edit.purpose === "project") this.#selected = id;
    return this.#said();
  }

  #fetchBranches({ repository }: Field, edit: FieldEdit): void {
    if (repository === undefined) return;
    const { ports, onNews } = this.#options;
    void ports.settings.branches(repository).then((branches) => {
      edit.suggest(branches);
      onNews();
    });
  }
}
