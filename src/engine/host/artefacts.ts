// Invariant: an artefact is listed under its own name, not under that of a link to it, and only
// when a stage of the build has made it.
import { lstatSync, readdirSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import type { Graph } from "../graph/stage.ts";
import type { Artefact, ImageFill } from "../journal/events.ts";
import type { BuildState } from "../journal/state.ts";

/** Measures the image in a platform folder (an absolute path); undefined when there is none. */
export type MeasureImage = (folder: string) => Promise<ImageFill | undefined>;

/** What the succeeded stages of a build have made for the user, with sizes. */
export async function findArtefacts(
  state: BuildState,
  graph: Graph,
  measure: MeasureImage,
): Promise<Artefact[]> {
  const made = state.stages.filter(({ state: s }) => s === "succeeded").map(({ name }) => name);
  const paths = graph
    .filter(({ name }) => made.includes(name))
    .flatMap(({ artefacts }) => artefacts);
  const found: Artefact[] = [];
  for (const path of paths) {
    try {
      const real = realpathSync(join(state.workspace, path));
      const bytes = sizeOf(real);
      const image = lstatSync(real).isDirectory() ? await measure(real) : undefined;
      found.push({
        path: relative(state.workspace, real),
        bytes,
        ...(image === undefined
          ? {}
          : { image: { ...image, archive: relative(state.workspace, image.archive) } }),
      });
    } catch {
      // The stage made something else, or it is gone again.
    }
  }
  return found;
}

function sizeOf(path: string): number {
  const stat = lstatSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
