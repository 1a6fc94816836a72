// Invariant: an artefact is listed under its own name, not under that of a link to it, and only
// when a stage of the build has made it.
import { lstatSync, readdirSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import type { Graph } from "../graph/stage.ts";
import type { Artefact } from "../journal/events.ts";
import type { BuildState } from "../journal/state.ts";

/** What the succeeded stages of a build have made for the user, with sizes. */
export function findArtefacts(state: BuildState, graph: Graph): Artefact[] {
  const made = state.stages.filter(({ state: s }) => s === "succeeded").map(({ name }) => name);
  return graph
    .filter(({ name }) => made.includes(name))
    .flatMap(({ artefacts }) => artefacts)
    .flatMap((path): Artefact[] => {
      try {
        const real = realpathSync(join(state.workspace, path));
        return [{ path: relative(state.workspace, real), bytes: sizeOf(real) }];
      } catch {
        return [];
      }
    });
}

function sizeOf(path: string): number {
  const stat = lstatSync(path);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
