// Invariant: overlays come in order of priority, first wins, missing ones included.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { isFolder } from "./file-facts.ts";

/** A folder below overlay/ whose files come before proto. */
export interface Overlay {
  readonly name: string;
  readonly path: string;
  readonly exists: boolean;
}

/**
 * The names configure wrote to overlay/order: one line of absolute paths, split at blanks, the
 * last part of each taken. Empty when the file is missing.
 */
export function orderedOverlayNames(orderFile: string): string[] {
  let text: string;
  try {
    text = readFileSync(orderFile, "utf8");
  } catch {
    return [];
  }
  return text
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => basename(word));
}

/** The overlays of these names; a name listed twice is kept once, where it stands first. */
export function overlaysOf(overlayFolder: string, names: readonly string[]): Overlay[] {
  return [...new Set(names)].map((name) => {
    const path = join(overlayFolder, name);
    return { name, path, exists: isFolder(path) };
  });
}
