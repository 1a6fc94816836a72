// Invariant: builds the programs of tools/ that make the image; they are not delivered themselves.
import type { Stage } from "../engine/graph/stage.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";
import { liveManifestCheck } from "./live-manifest.ts";

/** `0-tools-stamp`. The modern builder takes its users from the proto area, hence the order. */
export function toolsStage(context: StageContext): Stage {
  return stage({
    name: "tools",
    group: "world",
    requires: ["configure"],
    after: ["local"],
    weight: 4,
    command: makeTargets(context, "0-tools-stamp"),
    stamps: ["0-tools-stamp"],
    repositories: [{ folder: ".", part: "tools" }],
    checks: liveManifestCheck(context, "tools"),
  });
}
