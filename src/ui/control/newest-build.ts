// Invariant: the folder is read again only after it changed, so that asking every second costs nothing.
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { buildFolders } from "../../engine/journal/builds.ts";

/** A file system may keep times no finer than this (milliseconds). */
const coarseMs = 2000;

/** Knows the builds of the workspace that a build belongs to, whoever starts them. */
export class NewestBuild {
  #root = "";
  #changedAt = 0;
  #folders: readonly string[] = [];

  /** Folders of all builds beside this one, newest first. */
  folders(buildFolder: string): readonly string[] {
    const root = dirname(buildFolder);
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
