// Invariant: the image, and whoever asks what it would hold, look in the same folders in this order.
import type { Workspace } from "./workspace.ts";

/** Where the image takes its files from, first match wins: overlays, then what was built. */
export function searchFolders({ layout, overlays, paths }: Workspace): string[] {
  return layout === "classic"
    ? [...overlays.map(({ path }) => path), paths.proto, paths.manOutput]
    : [paths.proto];
}
