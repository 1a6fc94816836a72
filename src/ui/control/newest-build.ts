// Invariant: the folder is read again only after it changed, so that asking every second costs nothing.
import { statSync } from "node:fs";
import { buildFolders } from "../../engine/journal/builds.ts";

/** A file system may keep times no finer than this (milliseconds). */
const coarseMs = 2000;

/** Knows the builds of a workspace, whoever starts them. */
export class NewestBuild {
  #root = "";
  #changedAt = 0;
  #folders: readonly string[] = [];

  /** Folders of all builds below `root`, newest first. */
  folders(root: string): readonly string[] {
    const changedAt = statSync(root, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    const isFresh = Date.now() - changedAt < coarseMs;
    if (isFresh || root !== this.#root || changedAt !== this.#changedAt) {
      this.#folders = buildFolders(root);
    }
    this.#root = root;
    this.#changedAt = changedAt;
    return this.#folders;
  }
}
