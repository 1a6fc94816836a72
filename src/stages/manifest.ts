// Invariant: manifest.d is made anew each time: make does not refresh all of its copies, and stale
// files in it would be delivered.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Stage, StageCommand } from "../engine/graph/stage.ts";
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
    command: boot ? makeAndCompare(context) : makeTargets(context, "manifest"),
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

/** Says which entries of a folder of component manifests a generated manifest has not. */
const lacking = [
  "FILENAME == made { have[$2] = 1; next }",
  "/^#/ || NF < 2 { next }",
  '!($2 in have) { if (n++ == 0) first = $2 " of " FILENAME }',
  'END { if (n > 0) printf "%s lacks %d entries of %s, the first is %s\\n", made, n, from, first; exit n > 0 }',
].join("\n");

/**
 * The recipe of today's Makefile is a pipe whose status is sorter's: when build_manifest stops at a
 * component manifest without entries, make reports success with half a manifest.
 */
function makeAndCompare(context: StageContext): StageCommand {
  const { argv, ...rest } = makeTargets(context, "manifest");
  const script = [
    '"$@" || exit',
    "status=0",
    ...["manifest", "boot.manifest"].map(
      (name) =>
        `awk '${lacking}' made=${name}.gen from=${name}.d ${name}.gen ${name}.d/* || status=1`,
    ),
    "exit $status",
  ];
  return { ...rest, argv: ["/bin/sh", "-c", script.join("\n"), "manifest", ...argv] };
}

function filesIn({ workspace }: StageContext, folder: string): string[] {
  try {
    return readdirSync(join(workspace.root, folder)).map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}
