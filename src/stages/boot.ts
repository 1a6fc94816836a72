// Invariant: modern only; runs after proto/buildstamp exists, so that make names the tarball right.
import type { Stage } from "../engine/graph/stage.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";

/** The boot tarball, `output/boot-STAMP.tgz`. */
export function bootStage(context: StageContext, world: readonly string[]): Stage {
  return stage({
    name: "boot",
    needs: [...world, "manifest"],
    requires: ["configure"],
    command: makeTargets(context, "boot"),
  });
}
