// Invariant: the order of the names is the order of the value; the cursor is on a name while there is
// one.
import type { Field } from "../../../engine/settings/field.ts";

/** An ordered list that is being changed; nothing else changes until it is taken. */
export class ListEdit {
  readonly field: Field;
  reason: string | undefined;
  #names: readonly string[];
  #at = 0;

  constructor(field: Field) {
    this.field = field;
    const value = field.value ?? (field.isDefault ? field.default : undefined) ?? "";
    this.#names = value.split(this.#isComma ? "," : /\s+/).filter((name) => name !== "");
  }

  get #isComma(): boolean {
    return this.field.setting?.type === "comma-list";
  }

  get names(): readonly string[] {
    return this.#names;
  }

  get at(): number {
    return this.#at;
  }

  /** The list as the value of its setting. */
  get value(): string {
    return this.#names.join(this.#isComma ? "," : " ");
  }

  step(by: 1 | -1): void {
    this.#at = Math.max(0, Math.min(this.#names.length - 1, this.#at + by));
  }

  /** Moves the name at the cursor, and the cursor with it. */
  move(by: 1 | -1): void {
    const to = this.#at + by;
    const name = this.#names[this.#at];
    if (name === undefined || to < 0 || to >= this.#names.length) return;
    this.#names = this.#names.filter((_, index) => index !== this.#at).toSpliced(to, 0, name);
    this.#at = to;
    this.reason = undefined;
  }

  remove(): void {
    this.#names = this.#names.filter((_, index) => index !== this.#at);
    this.step(-1);
    this.reason = undefined;
  }

  /** Why a name cannot be added; undefined when it can. */
  reasonAgainst(name: string): string | undefined {
    if (name === "") return "A name is needed here; Esc goes back to the list.";
    if (/[\s,]/.test(name)) return "One name at a time, without blanks.";
    return this.#names.includes(name) ? `${name} is in the list already.` : undefined;
  }

  add(name: string): void {
    this.#names = this.#names.toSpliced(this.#at, 0, name);
    this.reason = undefined;
  }
}
