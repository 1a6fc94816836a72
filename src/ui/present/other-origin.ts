// Invariant: pure; says of a failed stage where else its first problem has to be mended.
import type { BuildState } from "../../engine/journal/state.ts";
import { orderedProblems } from "./problems.ts";

/** A component that should have made what a later stage missed, and the stage that builds it. */
export interface OtherOrigin {
  readonly component: string;
  readonly stage: string;
}

/** Undefined when a retry of the stage itself may help, or nothing is known of the origin. */
export function otherOrigin(build: BuildState, stage: string): OtherOrigin | undefined {
  const problem = orderedProblems(build).find((each) => each.stage === stage);
  const component = problem?.installer?.component;
  if (component === undefined) return undefined;
  const maker = build.stages.find(
    ({ name }) => component === name || component.startsWith(`${name}/`),
  );
  if (maker === undefined || maker.name === stage) return undefined;
  return { component, stage: maker.name };
}
