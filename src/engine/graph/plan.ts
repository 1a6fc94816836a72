// Invariant: the plan says everything `run` will do, and depends only on what is passed in and on
// the times of the named files.
import { join } from "node:path";
import type { Fingerprint, PlannedStage } from "../journal/events.ts";
import type { StageRecord } from "../journal/history.ts";
import { partName, type Marks } from "./fingerprint.ts";
import { statOf } from "../workspace/file-facts.ts";
import type { Graph, Stage } from "./stage.ts";

/** What a plan is made from. */
export interface PlanInput {
  readonly root: string;
  readonly graph: Graph;
  /** In order; what is asked for and all it needs. */
  readonly stages: readonly Stage[];
  /** As typed; a stage named here runs in any case. */
  readonly targets: readonly string[];
  readonly history: ReadonlyMap<string, StageRecord>;
  /** What each stage would be built from now. */
  readonly fingerprints: ReadonlyMap<string, Fingerprint>;
  readonly marks: Marks;
}

/** A reason to run, and whether make alone would notice it. */
interface Reason {
  readonly text: string;
  readonly makeNotices: boolean;
}

/** The plan, a line for each stage in order. */
export function makePlan(input: PlanInput): PlannedStage[] {
  const plan: PlannedStage[] = [];
  for (const stage of input.stages) plan.push(planStage(stage, input, plan));
  return plan;
}

function planStage(stage: Stage, input: PlanInput, earlier: readonly PlannedStage[]): PlannedStage {
  const made = productTime(input.root, stage);
  const reasons: Reason[] = [
    ...(input.targets.includes(stage.name) ? [{ text: "asked for", makeNotices: false }] : []),
    ...("missing" in made ? [{ text: made.missing, makeNotices: true }] : []),
    ...needReasons(stage, input, earlier, made),
    ...("missing" in made ? [] : changeReasons(stage, input, made.time)),
  ];
  const run = reasons.length > 0;
  const removes = [
    ...(run && reasons.some(({ makeNotices }) => !makeNotices)
      ? stage.stamps.filter((path) => timeOf(input.root, path) !== undefined)
      : []),
    ...(run ? stage.removesFirst.filter((path) => timeOf(input.root, path) !== undefined) : []),
  ];
  return {
    name: stage.name,
    ...(stage.group === undefined ? {} : { group: stage.group }),
    ...(stage.weight === undefined ? {} : { weight: stage.weight }),
    run,
    ...(run && hasProducts(stage) ? { made: "missing" in made ? "nothing" : "all" } : {}),
    reasons: reasons.map(({ text }) => text),
    removes,
  };
}

/** Reasons that lie in the stages it needs. */
function needReasons(
  stage: Stage,
  { root, stages }: PlanInput,
  earlier: readonly PlannedStage[],
  made: ProductTime,
): Reason[] {
  const built = stage.needs.filter((name) => earlier.some((one) => one.name === name && one.run));
  const newer = stages.filter((needed) => {
    if ("missing" in made || !stage.needs.includes(needed.name) || built.includes(needed.name)) {
      return false;
    }
    const time = productTime(root, needed);
    return "time" in time && time.time > made.time;
  });
  return [
    ...(built.length === 0
      ? []
      : [
          {
            text: `${built.length > 3 ? `${built.length} stages before it` : listed(built)} will be built`,
            makeNotices: true,
          },
        ]),
    ...newer.map(({ name }) => ({
      text: `${doneMark(stage)} is older than ${name}`,
      makeNotices: true,
    })),
  ];
}

/** Reasons that lie in what the stage is built from. */
function changeReasons(stage: Stage, input: PlanInput, madeAt: number): Reason[] {
  const history = input.history.get(stage.name);
  const before = history?.fingerprint;
  const now = input.fingerprints.get(stage.name);
  const texts = [
    ...stage.inputs
      .filter((path) => (timeOf(input.root, path) ?? 0) > madeAt)
      .map((path) => `${path} is newer than ${doneMark(stage)}`),
    ...(history?.failedSince === true ? ["it did not succeed last time"] : []),
    ...(before === undefined || now === undefined ? [] : differences(before, now)),
    ...newFiles(stage, input),
  ];
  return texts.map((text) => ({ text, makeNotices: false }));
}

function differences(before: Fingerprint, now: Fingerprint): string[] {
  const repositories = now.repositories.flatMap((mark) => {
    const old = before.repositories.find(({ name }) => name === mark.name);
    if (old === undefined) return [];
    const at = mark.name === "." ? "the workspace" : mark.name;
    if (old.head !== mark.head) {
      return [`${at} has another HEAD (${mark.head.slice(0, 9)}, was ${old.head.slice(0, 9)})`];
    }
    return old.changes === mark.changes ? [] : [`${at} has other uncommitted changes`];
  });
  const settings = Object.entries(now.settings)
    .filter(([name, hash]) => (before.settings[name] ?? hash) !== hash)
    .map(([name]) => `the setting ${name} changed`);
  return [...repositories, ...settings];
}

/**
 * Files that git neither knows nor ignores count only while they are younger than the last run of
 * any stage that builds from the same place: a build may leave such files itself.
 */
function newFiles(stage: Stage, { graph, history, marks }: PlanInput): string[] {
  return stage.repositories.map(partName).flatMap((name) => {
    const lastRun = graph
      .filter(({ repositories }) => repositories.some((part) => partName(part) === name))
      .map((sharing) => history.get(sharing.name)?.lastEndedAt ?? 0);
    const last = Math.max(...lastRun);
    return last > 0 && (marks.get(name)?.newestUntracked ?? 0) > last
      ? [`${name} has new files`]
      : [];
  });
}

type ProductTime = { readonly time: number } | { readonly missing: string };

/** True where files tell whether the stage was done; all others always run. */
function hasProducts({ stamps, products }: Stage): boolean {
  return stamps.length + products.length > 0;
}

/** When the stage was last done: the oldest of its stamps, or of its products where it has none. */
function productTime(root: string, stage: Stage): ProductTime {
  const all = [...stage.stamps, ...stage.products];
  if (all.length === 0) return { missing: "it always runs" };
  const missing = all.filter((path) => timeOf(root, path) === undefined);
  if (missing.length > 0) {
    return { missing: `${listed(missing)} ${missing.length === 1 ? "is" : "are"} missing` };
  }
  const telling = stage.stamps.length > 0 ? stage.stamps : stage.products;
  return { time: Math.min(...telling.map((path) => timeOf(root, path) ?? 0)) };
}

/** The file that stands for the stage in a sentence. */
function doneMark(stage: Stage): string {
  return stage.stamps[0] ?? stage.products[0] ?? stage.name;
}

function timeOf(root: string, path: string): number | undefined {
  return statOf(join(root, path))?.mtimeMs;
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
