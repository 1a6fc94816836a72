// Invariant: needs and order are those of the classic Makefile, so that the result of running the
// stages one by one is what `gmake world live` gives.
import type { Graph } from "../engine/graph/stage.ts";
import { auditStage } from "./audit.ts";
import { configureStage } from "./configure.ts";
import type { StageContext } from "./context.ts";
import { devproStage } from "./devpro.ts";
import { extraComponentStages, extraStage } from "./extra.ts";
import { illumosStage } from "./illumos.ts";
import { liveStage } from "./live.ts";
import { allLocalStage, localStages } from "./local.ts";
import { manStage } from "./man.ts";
import { manifestStage } from "./manifest.ts";
import { srcStage } from "./src.ts";
import { strapStage } from "./strap.ts";
import { toolsStage } from "./tools.ts";

/** The stages of a classic tree. */
export function classicGraph(context: StageContext): Graph {
  const world = [
    strapStage(context),
    illumosStage(context),
    extraStage(context),
    srcStage(context),
    ...localStages(context),
    allLocalStage(context),
    toolsStage(context),
    manStage(context),
    devproStage(context),
  ];
  const names = world.map(({ name }) => name);
  return [
    configureStage(context),
    ...world,
    ...extraComponentStages(context),
    manifestStage(context, names),
    liveStage(context, [...names, "manifest"]),
    auditStage(context),
  ];
}
