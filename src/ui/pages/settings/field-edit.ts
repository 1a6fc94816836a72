// Invariant: what is typed changes nothing until it is taken; a reason stays until the text changes.
import type { SettingsForm } from "../../../engine/settings/form.ts";
import type { Result } from "../../../engine/result.ts";
import type { Field } from "../../../engine/settings/field.ts";
import { edited, typed, typedLine, type LineEdit, type TypedLine } from "./line-editor.ts";
import type { EditView } from "./view.ts";

/** What a typed text is for. */
export type EditPurpose = "value" | "item" | "project";

function reasonOf(result: Result<unknown>): string | undefined {
  return result.ok ? undefined : result.failure.message;
}

/** What there is to edit; a long default is rather changed than typed anew. */
function textOf({ value, code, isDefault, default: byDefault, setting }: Field): string {
  const isLong = setting?.type === "url" || setting?.type === "command";
  return value ?? code ?? (isDefault && isLong ? byDefault : undefined) ?? "";
}

const halfNames = ["branch", "source"] as const;

/** A value that is being typed. */
export class FieldEdit {
  readonly field: Field;
  readonly purpose: EditPurpose;
  reason: string | undefined;
  #line: TypedLine;
  /** Of a project: the half that is not typed now, and which one is. */
  #other = "";
  #at: 0 | 1 = 0;
  #picked = -1;
  /** Suggestions match what was typed, not what was picked. */
  #sought = "";
  #suggestions: readonly string[];

  constructor(field: Field, purpose: EditPurpose, suggestions: readonly string[] = []) {
    this.field = field;
    this.purpose = purpose;
    this.#suggestions = suggestions;
    const value = purpose === "value" && field.kind !== "secret" ? textOf(field) : "";
    if (this.#isHalved) {
      const [branch = "", ...source] = value.split(":");
      this.#line = typedLine(branch);
      this.#other = source.join(":");
    } else this.#line = typedLine(value);
  }

  get #isHalved(): boolean {
    return this.purpose === "value" && this.field.kind === "project";
  }

  /** The whole text as it would be taken. */
  get text(): string {
    if (!this.#isHalved) return this.#line.text;
    const halves = this.#at === 0 ? [this.#line.text, this.#other] : [this.#other, this.#line.text];
    return halves.join(":");
  }

  /** Gives the form what was typed; the field's id, or undefined with the reason told. */
  giveTo(form: SettingsForm): string | undefined {
    const { text, field } = this;
    if (this.purpose === "project") {
      const [folder = "", ...rest] = text.split(":");
      const id = `configure-projects.${folder}`;
      this.reason =
        form.field(id) === undefined
          ? reasonOf(form.set(id, rest.join(":")))
          : `${folder} is in the list already.`;
      return this.reason === undefined ? id : undefined;
    }
    // A default that is taken as it is needs nothing to set it.
    if (field.isDefault && text !== "" && text === field.default) return field.id;
    const { id, code } = field;
    this.reason = reasonOf(code === undefined ? form.set(id, text) : form.setCode(id, text));
    return this.reason === undefined ? id : undefined;
  }

  /** Suggestions that came later, such as branches. */
  suggest(suggestions: readonly string[]): void {
    this.#suggestions = suggestions;
  }

  type(text: string): void {
    this.#set(typed(this.#line, text));
  }

  edit(edit: LineEdit): void {
    this.#set(edited(this.#line, edit), edit === "left" || edit === "right");
  }

  /** Picks the next or previous suggestion. */
  pick(step: 1 | -1): void {
    const { length } = this.#matching;
    if (length === 0) return;
    this.#picked =
      this.#picked < 0 && step < 0 ? length - 1 : (this.#picked + step + length) % length;
    this.#line = typedLine(this.#matching[this.#picked] ?? "");
    this.reason = undefined;
  }

  /** Turns to the other half; where there is none, takes the first suggestion. */
  turn(): void {
    if (!this.#isHalved) {
      this.pick(1);
      return;
    }
    const { text } = this.#line;
    this.#line = typedLine(this.#other);
    this.#other = text;
    this.#at = this.#at === 0 ? 1 : 0;
    this.#picked = -1;
    this.#sought = "";
  }

  view(): EditView {
    return {
      line: this.#line,
      isHidden: this.field.kind === "secret",
      reason: this.reason,
      suggestions: this.#matching,
      picked: this.#picked,
      ...(this.#isHalved ? { halves: { names: halfNames, other: this.#other, at: this.#at } } : {}),
      ...(this.purpose === "item" ? { asks: `name to add to ${this.field.label}` } : {}),
      ...(this.purpose === "project" ? { asks: "new project, as folder:branch:source" } : {}),
    };
  }

  get #matching(): readonly string[] {
    const all = this.#isHalved && this.#at === 1 ? ["origin"] : this.#suggestions;
    const sought = this.#sought.toLowerCase();
    const found = all.filter((each) => each.toLowerCase().includes(sought));
    const starts = (each: string): number => (each.toLowerCase().startsWith(sought) ? 0 : 1);
    return found.toSorted((a, b) => starts(a) - starts(b));
  }

  #set(line: TypedLine, onlyMoved = false): void {
    this.#line = line;
    if (onlyMoved) return;
    this.#sought = line.text;
    this.#picked = -1;
    this.reason = undefined;
  }
}
