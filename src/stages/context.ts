// Invariant: what a stage is made from is read once, here; the files beside this one only name it.
import type { Stage, StageCommand } from "../engine/graph/stage.ts";
import type { ImageBuilder } from "../engine/image/image-settings.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";

/** What the stages of a workspace are made from. */
export interface StageContext {
  readonly workspace: Workspace;
  /** Command that runs make in this tree, without a target. */
  readonly make: readonly string[];
  /** Command that starts smartbuild itself. */
  readonly program: readonly string[];
  readonly builder: ImageBuilder;
  /** Components of illumos-extra in build order, of the strap and of the main pass. */
  readonly strapComponents: readonly string[];
  readonly extraComponents: readonly string[];
  /** Names below projects/local. */
  readonly localProjects: readonly string[];
}

/** A stage out of what is particular to it; all else is empty. */
export function stage(fields: Pick<Stage, "name" | "command"> & Partial<Stage>): Stage {
  return {
    needs: [],
    requires: [],
    after: [],
    stamps: [],
    products: [],
    removesFirst: [],
    inputs: [],
    repositories: [],
    settings: [],
    steps: [],
    furtherLogs: [],
    checks: [],
    artefacts: [],
    ...fields,
  };
}

/** Runs make targets at the root of the workspace. */
export function makeTargets(context: StageContext, ...targets: string[]): StageCommand {
  return inRoot(context, [...context.make, ...targets]);
}

/** Runs a command at the root of the workspace. */
export function inRoot({ workspace }: StageContext, argv: readonly string[]): StageCommand {
  return { argv, cwd: workspace.root, environment: {} };
}
