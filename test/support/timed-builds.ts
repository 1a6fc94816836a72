// Invariant: past builds for tests are folders as a host leaves them; all their stages succeeded.
import type { PlannedStage } from "../../src/engine/journal/events.ts";
import { ScriptedBuild } from "./screen-script.ts";

/** Makes ended builds from scratch in a workspace; each entry says how long its stages took (ms). */
export function makePastBuilds(
  workspace: string,
  builds: readonly Readonly<Record<string, number>>[],
): void {
  for (const [index, stages] of builds.entries()) {
    const build = new ScriptedBuild(
      workspace,
      `${String(index + 1).padStart(4, "0")}-20260101T000000Z`,
    );
    const plan = Object.keys(stages).map((name): PlannedStage => ({
      name,
      run: true,
      made: "nothing",
      reasons: [],
      removes: [],
    }));
    build.start(plan);
    for (const [stage, ms] of Object.entries(stages)) {
      build.startStage(stage);
      build.endStage(stage, "succeeded", ms);
    }
    build.end("succeeded", 0, 1000);
  }
}
