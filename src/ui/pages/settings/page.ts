// Invariant: the settings page reads its files when it comes on screen, and never changes the build.
import type { Motion, Page, PageSize } from "../page.ts";
import type { PageOptions } from "../pages.ts";
import type { SettingsView } from "./view.ts";

export class SettingsPage implements Page {
  readonly #options: PageOptions;

  constructor(options: PageOptions) {
    this.#options = options;
  }

  enter(): void {
    this.#options.onNews();
  }

  poll(): boolean {
    return false;
  }

  view(_size: PageSize): SettingsView {
    return { kind: "settings", keys: "settings" };
  }

  move(_motion: Motion): void {
    return;
  }

  back(): boolean {
    return false;
  }

  type(_key: string): boolean {
    return false;
  }

  /** Called before the console is left; true when there is something to ask first. */
  asksBeforeLeaving(): boolean {
    return false;
  }

  close(): void {
    return;
  }
}
