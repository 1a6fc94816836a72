// Invariant: needs and order are those of the modern Makefile, so that the result of running the
// stages one by one is what `gmake world live` gives.
import type { Graph } from "../engine/graph/stage.ts";
import { auditStage } from "./audit.ts";
import { bootStage } from "./boot.ts";
import { checksStage } from "./checks.ts";
import { configureStage } from "./configure.ts";
import type { StageContext } from "./context.ts";
import { devproStage } from "./devpro.ts";
import { extraComponentStages, extraStage } from "./extra.ts";
import { illumosStage } from "./illumos.ts";
import { liveStage } from "./live.ts";
import { allLocalStage, localStages } from "./local.ts";
import { manifestStage } from "./manifest.ts";
import { mediaStages } from "./media.ts";
import { preflightStage } from "./preflight.ts";
import { srcStage } from "./src.ts";
import { strapStage } from "./strap.ts";
import { toolsStage } from "./tools.ts";

/** The stages of a modern tree. */
export function modernGraph(context: StageContext): Graph {
  const world = [
    preflightStage(context),
    strapStage(context),
    illumosStage(context),
    extraStage(context),
    srcStage(context),
    ...localStages(context),
    allLocalStage(context),
    toolsStage(context),
    devproStage(context),
  ];
  const names = world.map(({ name }) => name);
  return [
    configureStage(context),
    ...world,
    ...extraComponentStages(context),
    manifestStage(context, names),
    bootStage(context, names),
    checksStage(context),
    liveStage(context, [...names, "manifest", "boot", "checks"]),
    auditStage(context),
    ...mediaStages(context, names),
  ];
}
