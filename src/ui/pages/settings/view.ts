// Invariant: plain data; what one frame shows of the settings page.

/** Which of the page's keys are read. */
export type SettingsKeys = "settings";

export interface SettingsView {
  readonly kind: "settings";
  readonly keys: SettingsKeys;
}
