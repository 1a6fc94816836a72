// Invariant: the form is read once it is first asked for, and again when a file of it has changed.
import type { SettingsForm } from "../../../engine/settings/form.ts";
import type { SettingsPorts } from "./ports.ts";

/** Files are looked at so often, in milliseconds. */
const lookMs = 1000;

/** The form of the workspace, kept as the files are. */
export class FormSource {
  readonly #ports: SettingsPorts;
  readonly #onNews: () => void;
  #isOpening = false;
  #signature = "";
  #lastLook = 0;
  form: SettingsForm | undefined;
  /** A sentence while there is no form. */
  wait: string | undefined = "Reading the settings …";
  /** Files with changes that somebody else changed on disk, by name. */
  conflicts: readonly string[] = [];

  constructor(ports: SettingsPorts, onNews: () => void) {
    this.#ports = ports;
    this.#onNews = onNews;
  }

  /** Reads the form, or reads it again. */
  open(): void {
    if (this.form !== undefined) this.refresh();
    if (this.form !== undefined || this.#isOpening) return;
    this.#isOpening = true;
    void this.#ports
      .open()
      .then(
        (form) => {
          this.form = form;
          this.wait = undefined;
          this.refresh();
        },
        (error: unknown) => {
          const why = error instanceof Error ? error.message : String(error);
          this.wait = `The settings cannot be read: ${why}`;
          this.#isOpening = false;
        },
      )
      .finally(this.#onNews);
  }

  refresh(): void {
    const { form } = this;
    if (form === undefined) return;
    form.refresh();
    this.#signature = form.signature;
    this.#lastLook = performance.now();
    this.conflicts = form.conflicts();
  }

  /** True when a file has changed since the last look, about once a second. */
  poll(): boolean {
    const now = performance.now();
    if (this.form === undefined || now - this.#lastLook < lookMs) return false;
    this.#lastLook = now;
    if (this.form.signature === this.#signature) return false;
    this.refresh();
    return true;
  }
}
