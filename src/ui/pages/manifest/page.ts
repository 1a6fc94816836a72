// Invariant: the manifest page reads its files when it comes on screen, and never changes the build.
import type { Motion, Page, PageSize } from "../page.ts";
import type { PageOptions } from "../pages.ts";
import type { ManifestView } from "./view.ts";

export class ManifestPage implements Page {
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

  view(_size: PageSize): ManifestView {
    return { kind: "manifest", keys: "manifest" };
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

  close(): void {
    return;
  }
}
