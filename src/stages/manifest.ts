// Invariant: manifest.d is made anew each time: make does not refresh all of its copies, and stale
// files in it would be delivered.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "../engine/graph/stage.ts";
import { settingsReadBy } from "../engine/settings/schema.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";

/** The tree's `manifest` target: component manifests into manifest.d, and manifest.gen of them. */
export function manifestStage(context: StageContext, world: readonly string[]): Stage {
  const { layout, overlays } = context.workspace;
  const boot = layout === "modern";
  const folders = boot ? ["manifest.d", "boot.manifest.d"] : ["manifest.d"];
  const generated = boot ? ["manifest.gen", "boot.manifest.gen"] : ["manifest.gen"];
  return stage({
    name: "manifest",
    requires: ["configure"],
    needs: world,
    command: makeTargets(context, "manifest"),
    products: generated,
    removesFirst: [...folders.flatMap((folder) => filesIn(context, folder)), ...generated],
    inputs: [
      "projects/illumos/manifest",
      "projects/illumos-extra/manifest",
      "src/manifest",
      ...context.localProjects.map((name) => `projects/local/${name}/manifest`),
      ...overlays.map(({ name }) => `overlay/${name}/manifest`),
      ...(boot ? ["man/manifest", "projects/illumos/boot.manifest"] : []),
    ],
    settings: settingsReadBy(context.workspace.layout, "manifest"),
  });
}

function filesIn({ workspace }: StageContext, folder: string): string[] {
  try {
    return readdirSync(join(workspace.root, folder)).map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}
