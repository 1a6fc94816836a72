// Invariant: knows what is being built from what banners and makes have printed so far.
const depthLimit = 64;

/** Follows banners and make's folders through a log. */
export class PlaceTracker {
  readonly #folders: string[] = [];
  #component: string | undefined;
  /** The last line taken entered a folder. */
  isEntered = false;

  /** @returns true for a line that tells where the build is */
  take(text: string): boolean {
    if (text.length > 1000) return false;
    if (text.startsWith("=")) {
      const banner = /^={4,} ?(?:strap |strapfix )?building (.+?) ?={4,}$/.exec(text);
      if (banner === null) return false;
      this.#component = banner[1]?.split("/").at(-1);
      return true;
    }
    const folder = /make(?:\[\d+\])?: (Entering|Leaving) directory [`'‘"](.+?)['’"]$/.exec(text);
    if (folder === null) return false;
    this.isEntered = folder[1] === "Entering";
    if (!this.isEntered) this.#folders.pop();
    else if (this.#folders.length < depthLimit) this.#folders.push(folder[2] ?? "");
    return true;
  }

  get folder(): string | undefined {
    return this.#folders.at(-1);
  }

  /** The banner's name, else the folder below `illumos-extra`, `local` or `usr/src`. */
  get component(): string | undefined {
    if (this.#component !== undefined) return this.#component;
    const folder = this.folder;
    if (folder === undefined) return undefined;
    const known = /\/(?:illumos-extra|projects\/local)\/([^/]+)|\/usr\/src\/(.+)/.exec(folder);
    return known?.[1] ?? known?.[2] ?? folder.split("/").at(-1);
  }
}
