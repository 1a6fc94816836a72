// Invariant: pure; of a problem with an entry that nothing delivers, the file that is the likeliest to
// be mended is one of the component that should.
import type { BuildState, Problem } from "../../engine/journal/state.ts";
import type { ConsoleModel } from "../model.ts";
import { orderedProblems, selectedProblem } from "./problems.ts";

/** The file below the workspace: the component's Makefile, unless only others of its files changed. */
export function componentFile(problem: Problem | undefined): string | undefined {
  const { makefile, delivered } = problem?.installer ?? {};
  const changed = delivered?.changed ?? [];
  return makefile !== undefined && changed.includes(makefile) ? makefile : (changed[0] ?? makefile);
}

/** The problem that is meant: the selected one, that at the cursor, or the first of the stage. */
export function shownProblem({
  build,
  ui,
  log,
}: Pick<ConsoleModel, "build" | "ui" | "log">): Problem | undefined {
  if (build === undefined) return undefined;
  if (ui.screen === "failures") return selectedProblem(build, ui.failure);
  return atCursor(build, log) ?? orderedProblems(build).find(({ stage }) => stage === ui.selected);
}

function atCursor(build: BuildState, log: ConsoleModel["log"]): Problem | undefined {
  return log?.problem === undefined ? undefined : orderedProblems(build)[log.problem.at - 1];
}
