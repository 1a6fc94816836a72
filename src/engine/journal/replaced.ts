// Invariant: pure; a file belongs to the newest build that made it, whatever older ones made there.
import type { PastBuild } from "./past-builds.ts";

/**
 * The number of the newest build that made the file at `path` (below the workspace) again after
 * `build`; undefined while it is still the one of `build`. `builds`: all of the workspace, newest
 * first. Two builds make the same path when configure, which gives the build stamp, did not run
 * between them.
 */
export function replacedBy(
  path: string,
  build: Pick<PastBuild, "number">,
  builds: readonly PastBuild[],
): number | undefined {
  return builds.find(
    ({ number, artefacts }) =>
      number > build.number && artefacts.some((artefact) => artefact.path === path),
  )?.number;
}

/** The number of the newest build whose image stands where that of `build` stood. */
export function imageReplacedBy(
  build: Pick<PastBuild, "number" | "image">,
  builds: readonly PastBuild[],
): number | undefined {
  const archive = build.image?.archive;
  if (archive === undefined) return undefined;
  return builds.find(({ number, image }) => number > build.number && image?.archive === archive)
    ?.number;
}
