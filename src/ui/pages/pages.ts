// Invariant: makes each page once, when it is first asked for.
import type { ConsolePorts } from "../ports.ts";
import { BuildsPage } from "./builds/page.ts";
import { ManifestPage } from "./manifest/page.ts";
import type { Page, PageName } from "./page.ts";
import { SettingsPage } from "./settings/page.ts";

/** The newest build, as far as the console follows it. */
export interface NewestNow {
  readonly folder: string;
  /** It is known to have ended. */
  readonly isOver: boolean;
}

/** What pages are made with. */
export interface PageOptions {
  readonly ports: ConsolePorts;
  readonly root: string;
  readonly isRunning: () => boolean;
  /** An earlier build is looked at. */
  readonly isPast: () => boolean;
  /** The newest build of the workspace, whoever started it. */
  readonly newest: () => NewestNow | undefined;
  /** Called, later, when something was found that a frame should show. */
  readonly onNews: () => void;
}

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
