// Invariant: fills proto.strap, with which illumos is built.
import type { Stage } from "../engine/graph/stage.ts";
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
    command: makeTargets(context, stamp),
    stamps: [stamp],
    products: ["proto.strap"],
    repositories: [{ folder: "projects/illumos-extra" }],
    settings: classic
      ? ["ILLUMOS_ADJUNCT_TARBALL_URL", "GCC44_URL"]
      : ["ILLUMOS_ADJUNCT_TARBALL_URL", "PRIMARY_COMPILER", "SHADOW_COMPILERS", "FORCE_STRAP_REBUILD"],
    steps: extraSteps,
    ...(context.strapComponents.length > 0 ? { stepTotal: context.strapComponents.length } : {}),
  });
}
