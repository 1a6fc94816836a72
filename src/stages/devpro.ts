// Invariant: last of the world stages that install into the proto area.
import type { Stage } from "../engine/graph/stage.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";
import { liveManifestCheck } from "./live-manifest.ts";

/** `0-devpro-stamp`: the closed Studio libraries. */
export function devproStage(context: StageContext): Stage {
  return stage({
    name: "devpro",
    group: "world",
    requires: ["configure"],
    after: [context.workspace.layout === "classic" ? "man" : "tools"],
    command: makeTargets(context, "0-devpro-stamp"),
    stamps: ["0-devpro-stamp"],
    repositories: [{ folder: ".", part: "projects/devpro" }],
    checks: liveManifestCheck(context, "devpro"),
  });
}
