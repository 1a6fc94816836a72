// Invariant: pure; problems stand in the order of their stages, in a stage those of one component
// beside each other, and otherwise as they were found: the cause before what came of it.
import type { BuildState, Problem } from "../../engine/journal/state.ts";

/** All problems of a build, in the order in which they are shown and gone through. */
export function orderedProblems(build: BuildState): readonly Problem[] {
  const stages = new Map(build.stages.map(({ name }, index) => [name, index]));
  const components = new Map<string, number>();
  for (const problem of build.problems) {
    const key = groupOf(problem);
    if (!components.has(key)) components.set(key, components.size);
  }
  return build.problems.toSorted(
    (a, b) =>
      (stages.get(a.stage) ?? 0) - (stages.get(b.stage) ?? 0) ||
      (components.get(groupOf(a)) ?? 0) - (components.get(groupOf(b)) ?? 0),
  );
}

/** Those of them that a log proves. */
export function provenProblems(build: BuildState): readonly Problem[] {
  return orderedProblems(build).filter(({ span }) => span !== undefined);
}

/** Whose problem it is, as a target is named: `extra/curl`, or the stage alone. */
export function groupOf({ stage, component }: Problem): string {
  return component === undefined || component === stage || stage.endsWith(`/${component}`)
    ? stage
    : `${stage}/${component}`;
}

/** The problem of that id, or the first one. */
export function selectedProblem(build: BuildState, id: string | undefined): Problem | undefined {
  const problems = orderedProblems(build);
  return problems.find((problem) => problem.id === id) ?? problems[0];
}
