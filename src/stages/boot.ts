// Invariant: modern only; runs after proto/buildstamp exists, so that make names the tarball right.
import type { Stage } from "../engine/graph/stage.ts";
import { readImageName } from "../engine/image/build-stamp.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";

/** The boot tarball, `output/boot-[BUILDVER-]STAMP.tgz`. */
export function bootStage(context: StageContext, world: readonly string[]): Stage {
  const name = readImageName(context.workspace.root);
  return stage({
    name: "boot",
    needs: [...world, "manifest"],
    requires: ["configure"],
    command: makeTargets(context, "boot"),
    // Before the first build there is no stamp yet that could name the tarball.
    products: name.ok
      ? [`output/${name.value.platform.replace(/^platform-/, "boot-")}.tgz`]
      : ["proto/buildstamp"],
    inputs: ["boot.manifest.gen"],
    settings: ["configure-buildver"],
  });
}
