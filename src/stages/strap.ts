// Invariant: fills proto.strap, with which illumos is built.
import type { Stage } from "../engine/graph/stage.ts";
import { settingsReadBy } from "../engine/settings/schema.ts";
import { extraSteps } from "./extra-steps.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";

/** The bootstrap pass over illumos-extra (classic `0-extra-stamp`, modern `0-strap-stamp`). */
export function strapStage(context: StageContext): Stage {
  const classic = context.workspace.layout === "classic";
  const stamp = classic ? "0-extra-stamp" : "0-strap-stamp";
  return stage({
    name: "strap",
    group: "world",
    needs: classic ? [] : ["preflight"],
    requires: ["configure"],
    weight: 6,
    command: makeTargets(context, stamp),
    stamps: [stamp],
    products: ["proto.strap"],
    repositories: [{ folder: "projects/illumos-extra" }],
    settings: settingsReadBy(context.workspace.layout, "strap"),
    steps: extraSteps,
    ...(context.strapComponents.length > 0 ? { stepTotal: context.strapComponents.length } : {}),
  });
}
