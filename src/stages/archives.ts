// Invariant: the names are those that configure of either layout gives what curl fetches for it.
import type { ArchivePlace } from "../engine/graph/stage.ts";

/** Headers and libraries that the strap area begins with. */
export const adjunctArchive: ArchivePlace = {
  folder: ".",
  name: /^illumos-adjunct\..*\.tgz$/,
};

/** Programs of illumos without source; `bins` in trees of 2012. */
export const closedArchives: ArchivePlace = {
  folder: "projects/illumos",
  name: /^on-closed-bins?(?:-nd)?\.i386\.tar\.bz2$/,
};
