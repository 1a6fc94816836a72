// Invariant: pure; two builds are compared by what their journals tell, the older one first.
import type { Problem, Sources } from "./events.ts";
import { pastStages, type PastStage } from "./past-builds.ts";
import type { BuildState } from "./state.ts";

/** A stage of either build. */
export interface ComparedStage {
  readonly name: string;
  readonly before?: PastStage;
  readonly after?: PastStage;
}

/** A repository that is not as it was. */
export interface ComparedRepository {
  readonly name: string;
  /** Commit or tree ids; the same when only uncommitted changes differ. */
  readonly from: string;
  readonly to: string;
}

/** What differs between two builds. */
export interface Comparison {
  /** In the order of the newer build's plan; what it does not know comes last. */
  readonly stages: readonly ComparedStage[];
  readonly gone: readonly Problem[];
  readonly fresh: readonly Problem[];
  readonly same: readonly Problem[];
  readonly repositories: readonly ComparedRepository[];
  /** Names of settings, and of fragments, that are not as they were. */
  readonly settings: readonly string[];
  readonly fragments: readonly string[];
  /** A sentence each: what was asked for in another way. */
  readonly asked: readonly string[];
  /** False when a journal is too old to tell what its build was made from. */
  readonly knowsSources: boolean;
}

/** Compares two builds of one workspace. */
export function compareBuilds(older: BuildState, newer: BuildState): Comparison {
  const before = new Map(older.problems.map((problem) => [keyOf(problem), problem]));
  const after = new Map(newer.problems.map((problem) => [keyOf(problem), problem]));
  const [from, to] = [older.sources, newer.sources];
  return {
    stages: comparedStages(older, newer),
    gone: [...before].flatMap(([key, problem]) => (after.has(key) ? [] : [problem])),
    fresh: [...after].flatMap(([key, problem]) => (before.has(key) ? [] : [problem])),
    same: [...after].flatMap(([key, problem]) => (before.has(key) ? [problem] : [])),
    repositories: from === undefined || to === undefined ? [] : comparedRepositories(from, to),
    settings: changedNames(from?.settings, to?.settings),
    fragments: from === undefined || to === undefined ? [] : changedFiles(from, to),
    asked: askedOtherwise(older, newer),
    knowsSources: from !== undefined && to !== undefined,
  };
}

function comparedStages(older: BuildState, newer: BuildState): readonly ComparedStage[] {
  const before = new Map(pastStages(older).map((stage) => [stage.name, stage]));
  const after = new Map(pastStages(newer).map((stage) => [stage.name, stage]));
  const names = new Set([...newer.stages, ...older.stages].map(({ name }) => name));
  return [...names].flatMap((name): ComparedStage[] => {
    const [one, other] = [before.get(name), after.get(name)];
    if (one === undefined && other === undefined) return [];
    return [
      {
        name,
        ...(one === undefined ? {} : { before: one }),
        ...(other === undefined ? {} : { after: other }),
      },
    ];
  });
}

/** The same problem in two builds; line numbers move, so they do not count. */
function keyOf({ kind, stage, component = "", path, file, summary }: Problem): string {
  const what = path ?? file ?? summary.replace(/\d+/g, "#");
  return [kind, stage, component, what].join("\0");
}

function comparedRepositories(from: Sources, to: Sources): readonly ComparedRepository[] {
  return to.repositories.flatMap((mark) => {
    const old = from.repositories.find(({ name }) => name === mark.name);
    if (old === undefined || (old.head === mark.head && old.changes === mark.changes)) return [];
    return [{ name: mark.name, from: old.commit ?? old.head, to: mark.commit ?? mark.head }];
  });
}

/** Names with another hash. What only one of the builds reads says nothing about a change. */
function changedNames(
  from: Readonly<Record<string, string>> = {},
  to: Readonly<Record<string, string>> = {},
): string[] {
  return Object.keys(to).filter((name) => from[name] !== undefined && from[name] !== to[name]);
}

/** Fragments with another text, and those that only one of the builds has read. */
function changedFiles({ fragments: from }: Sources, { fragments: to }: Sources): string[] {
  return Object.keys({ ...from, ...to }).filter((name) => from[name] !== to[name]);
}

function askedOtherwise(older: BuildState, newer: BuildState): string[] {
  const rows: readonly (readonly [string, string, string])[] = [
    ["targets", targetText(older), targetText(newer)],
    ["jobs", String(older.jobs ?? "the tree's"), String(newer.jobs ?? "the tree's")],
    ["smartbuild", older.program, newer.program],
  ];
  return rows.flatMap(([what, from, to]) => (from === to ? [] : [`${what}: ${from}, then ${to}`]));
}

function targetText({ targets }: BuildState): string {
  return targets.length === 0 ? "the image" : targets.join(" ");
}
