// Invariant: makes each page once, when it is first asked for.
import { BuildsPage } from "./builds/page.ts";
import { ManifestPage } from "./manifest/page.ts";
import type { PageName } from "./page-view.ts";
import type { Page } from "./page.ts";
import type { PageOptions } from "./page-options.ts";
import { SettingsPage } from "./settings/page.ts";

export class Pages {
  readonly #options: PageOptions;
  #manifest: ManifestPage | undefined;
  #settings: SettingsPage | undefined;
  #builds: BuildsPage | undefined;

  constructor(options: PageOptions) {
    this.#options = options;
  }

  get manifest(): ManifestPage {
    return (this.#manifest ??= new ManifestPage(this.#options));
  }

  get settings(): SettingsPage {
    return (this.#settings ??= new SettingsPage(this.#options));
  }

  get builds(): BuildsPage {
    return (this.#builds ??= new BuildsPage(this.#options));
  }

  /** The page of this name. */
  named(name: PageName): Page {
    return this[name];
  }

  /** Settings were changed, but not written yet. */
  get hasUnwrittenSettings(): boolean {
    return this.#settings?.hasUnwritten === true;
  }

  /** The page that has something to ask before the console is left. */
  asksBeforeLeaving(): PageName | undefined {
    return this.#settings?.asksBeforeLeaving() === true ? "settings" : undefined;
  }

  close(): void {
    this.#manifest?.close();
    this.#settings?.close();
    this.#builds?.close();
  }
}
