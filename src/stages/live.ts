// Invariant: the image is made by one program, named in the plan.
import { compressThreads } from "../engine/image/compress-threads.ts";
import { settingsFile as imageSettingsFile } from "../engine/image/image-settings.ts";
import { imageSteps } from "../engine/image/steps.ts";
import type { Stage, StageCommand } from "../engine/graph/stage.ts";
import { settingsReadBy } from "../engine/settings/schema.ts";
import { inRoot, makeTargets, repositoryAt, stage, type StageContext } from "./context.ts";

/** The platform image, by smartbuild or by the tree's own tools/build_live. */
export function liveStage(context: StageContext, before: readonly string[]): Stage {
  const { overlays } = context.workspace;
  const native = context.builder === "native";
  return stage({
    name: "live",
    needs: before,
    requires: ["configure"],
    command: native ? buildImage(context) : makeTargets(context, "live"),
    products: native
      ? ["output/platform-latest", "output/platform-latest.tgz"]
      : ["output/buildstamp"],
    inputs: ["manifest.gen", imageSettingsFile],
    repositories: overlays.map(({ name }) => repositoryAt(context, `overlay/${name}`)),
    settings: settingsReadBy(context.workspace.layout, "live"),
    steps: native ? Object.values(imageSteps) : treeSteps,
    artefacts: ["output/platform-latest.tgz", "output/platform-latest"],
    imageOutput: "output",
    remark: native ? "image by smartbuild" : "image by the tree's tools/build_live",
  });
}

function buildImage(context: StageContext): StageCommand {
  const argv = [...context.program, "image", "build", "--root", context.workspace.root];
  return { ...inRoot(context, argv), environment: compressThreads(process.env) };
}

/** Lines that tools/build_live prints as it goes, of both layouts. */
const treeSteps = [
  {
    pattern:
      /^(Creating \d+k \w+ image|Customizing|Setting root password|Adding git manifest|Writing md5sum manifest|lofi compressing usr file system)/,
  },
  { pattern: /^(?:\(cont\.\) )?([A-Z][^.]{5,60}?) *\.\.\. / },
];
