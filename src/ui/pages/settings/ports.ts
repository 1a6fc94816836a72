// Invariant: all that the settings page asks of the world outside its screen.
import type { SettingsForm } from "../../../engine/settings/form.ts";

export interface SettingsPorts {
  /** Reads the settings of the workspace; loaded with the first call. */
  readonly open: () => Promise<SettingsForm>;
  /** The branches of a repository below the root, newest first; none where there is no repository. */
  readonly branches: (repository: string) => Promise<readonly string[]>;
}
