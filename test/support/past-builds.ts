// Invariant: makes builds of the past as hosts leave them: a journal, a summary and logs, nothing
// else; every third one fails.
import { ScriptedBuild, classicPlan } from "./screen-script.ts";
import { readBuild, writeSummary } from "../../src/engine/journal/builds.ts";

const day = 86_400_000;
/** When the first of them began. */
const began = Date.UTC(2025, 0, 1, 9);

export interface PastBuilds {
  readonly count: number;
  /** Bytes of output of each stage. */
  readonly logBytes?: number;
  /** Absent: all of them have one. */
  readonly withoutSummary?: boolean;
}

/** Fills a workspace with past builds, one a day; their folders, oldest first. */
export function makePastBuilds(
  workspace: string,
  { count, logBytes = 20, withoutSummary = false }: PastBuilds,
): string[] {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(began + index * day);
    const stamp = at.toISOString().replace(/[-:]|\.\d+/g, "");
    const name = `${String(index + 1).padStart(4, "0")}-${stamp}`;
    const build = new ScriptedBuild(workspace, name);
    fill(build, index, at, logBytes);
    const state = readBuild(build.folder);
    if (state !== undefined && !withoutSummary) writeSummary(build.folder, state);
    return build.folder;
  });
}

function fill(build: ScriptedBuild, index: number, at: Date, logBytes: number): void {
  const fails = index % 3 === 2;
  build.start(classicPlan, at);
  const ran = classicPlan.filter(({ run }) => run).slice(0, fails ? 4 : undefined);
  for (const [number, { name }] of ran.entries()) {
    const isLast = fails && number === ran.length - 1;
    build.startStage(name, 1, at);
    build.output(name, "x".repeat(logBytes));
    if (isLast) build.problem(name, `curl.c line ${index} does not compile`);
    build.endStage(
      name,
      isLast ? "failed" : "succeeded",
      (number + 1) * 60_000 + index * 1000,
      isLast ? 2 : 0,
    );
  }
  build.end(fails ? "failed" : "succeeded", fails ? 2 : 0, 3_600_000 + index * 10_000);
}
