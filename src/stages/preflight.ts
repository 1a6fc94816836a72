// Invariant: modern only; checks what the build needs before anything long starts.
import type { Stage } from "../engine/graph/stage.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";

/** `0-preflight-stamp`. */
export function preflightStage(context: StageContext): Stage {
  return stage({
    name: "preflight",
    group: "world",
    requires: ["configure"],
    command: makeTargets(context, "0-preflight-stamp"),
    stamps: ["0-preflight-stamp"],
  });
}
