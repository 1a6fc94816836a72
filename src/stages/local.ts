// Invariant: every project below projects/local is a stage; `local` makes the stamp they share.
import type { Stage } from "../engine/graph/stage.ts";
import { extraSteps } from "./extra-steps.ts";
import { makeTargets, stage, type StageContext } from "./context.ts";

/** `local/NAME`: one project, through its Makefile.joyent or Makefile. */
export function localStages(context: StageContext): Stage[] {
  return context.localProjects.map((name) =>
    stage({
      name: `local/${name}`,
      group: "world",
      needs: context.workspace.layout === "classic" ? [] : ["illumos"],
      requires: ["configure"],
      after: ["src"],
      weight: 2,
      command: makeTargets(context, `0-subdir-${name}-stamp`),
      stamps: [`0-subdir-${name}-stamp`],
      repositories: [{ folder: `projects/local/${name}` }],
      checks: [{ manifest: `projects/local/${name}/manifest` }],
    }),
  );
}

/** The stamp that stands for all of them; builds what configure has brought since the plan. */
export function allLocalStage(context: StageContext): Stage {
  return stage({
    name: "local",
    group: "world",
    needs: context.localProjects.map((name) => `local/${name}`),
    requires: ["configure"],
    after: ["src"],
    command: makeTargets(context, "0-local-stamp"),
    steps: extraSteps,
    stamps: ["0-local-stamp"],
  });
}
