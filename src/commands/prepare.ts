// Invariant: `plan` and `run` make their plan here, the same way.
import { fingerprintOf, readMarks } from "../engine/graph/fingerprint.ts";
import { select } from "../engine/graph/order.ts";
import { makePlan } from "../engine/graph/plan.ts";
import type { Graph, Stage } from "../engine/graph/stage.ts";
import type { Fingerprint, PlannedStage } from "../engine/journal/events.ts";
import { stageRecords } from "../engine/journal/history.ts";
import { ok, type Result } from "../engine/result.ts";
import { readSettings, type Settings } from "../engine/settings/settings.ts";
import { openWorkspace, type Workspace } from "../engine/workspace/workspace.ts";
import { graphOf } from "../stages/graph.ts";
import type { Io } from "./io.ts";

/** A plan, and what it was made from. */
export interface Prepared {
  readonly workspace: Workspace;
  readonly graph: Graph;
  readonly settings: Settings;
  readonly targets: readonly string[];
  readonly plan: readonly PlannedStage[];
  readonly fingerprints: Readonly<Record<string, Fingerprint>>;
}

/** What a build is for when no target is named. */
export const defaultTarget = "live";

/** Opens the workspace and plans the targets; none: everything up to the image. */
export async function prepare(
  io: Io,
  root: string | undefined,
  targets: readonly string[],
): Promise<Result<Prepared>> {
  const workspace = openWorkspace(io.cwd, root);
  if (!workspace.ok) return workspace;
  const graph = graphOf(workspace.value, io.program, io.env["PATH"] ?? "");
  if (!graph.ok) return graph;
  const stages = select(graph.value, targets.length === 0 ? [defaultTarget] : targets);
  if (!stages.ok) return stages;
  const settings = readSettings(workspace.value, io.env);
  const marks = await readMarks(workspace.value.root, stages.value);
  const history = stageRecords(
    workspace.value.paths.smartbuildLog,
    graph.value.map(({ name }) => name),
  );
  const fingerprints = new Map(
    stages.value.map((stage: Stage) => [
      stage.name,
      fingerprintOf(stage, marks, settings.hash(stage.settings, stage.products)),
    ]),
  );
  const plan = makePlan({
    root: workspace.value.root,
    graph: graph.value,
    stages: stages.value,
    targets,
    history,
    fingerprints,
    marks,
  });
  return ok({
    workspace: workspace.value,
    graph: graph.value,
    settings,
    targets,
    plan,
    fingerprints: Object.fromEntries(fingerprints),
  });
}
