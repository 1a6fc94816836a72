// Invariant: reads the Makefiles, the last logs, the proto area and dependency files; runs nothing.
import { fail, ok, type Result } from "../../result.ts";
import { extraNeeds, stampNeeds } from "../../workspace/projects.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { readPrintedLogs, type LoggedStage } from "../printed/printed-logs.ts";
import { inferEdges } from "./infer.ts";
import { judgeOrder, type Declared, type OrderReport } from "./judge-order.ts";
import { OwnedPaths } from "./owned-paths.ts";

/** The report, and the components that no log could tell anything about. */
export interface OrderAudit extends OrderReport {
  readonly components: readonly string[];
  readonly unseen: readonly string[];
  /** Missing needs from one stage to another, as lines for the Makefile at the top of the workspace. */
  readonly topMakefile: readonly string[];
}

/**
 * Compares the needs that the Makefiles declare, of components of illumos-extra and of local projects,
 * with those that they show. `stages`: those whose logs tell of compilers. Fails with `bad-input` when
 * no build has a log of a component.
 */
export function auditOrder(
  workspace: Workspace,
  stages: readonly LoggedStage[],
): Result<OrderAudit> {
  const { root, paths } = workspace;
  const extra = extraNeeds(workspace);
  const locals = stages.filter(({ folder }) => `${root}/${folder}`.startsWith(`${paths.local}/`));
  const components = [...extra.keys(), ...locals.map(({ name }) => name)];
  const known = new Set(components);
  const logs = readPrintedLogs(paths.smartbuildLog, stages).filter(
    ({ component, isStrap }) => !isStrap && known.has(component),
  );
  if (logs.length === 0) {
    return fail(
      "bad-input",
      "No build has a log of a component of illumos-extra or of a local project.",
      "Run `smartbuild run extra local` first.",
    );
  }
  const owned = new OwnedPaths(logs, root, paths.proto);
  const edges = inferEdges({ logs, owned, root, proto: paths.proto });
  const durations = new Map(logs.map(({ component, durationMs }) => [component, durationMs]));
  const stamps = stampsOf(stages, extra);
  const declared = new Map([...extra, ...localNeeds(workspace, locals, stamps)]);
  const report = judgeOrder(declared, edges, durations, extra);
  const lines = report.missing.flatMap(({ component, needs }) => {
    const [stamp, need] = [stamps.get(component), stamps.get(needs)];
    return stamp === undefined || need === undefined || stamp === need ? [] : `${stamp}: ${need}`;
  });
  return ok({
    components,
    unseen: components.filter((component) => !durations.has(component)),
    ...report,
    topMakefile: [...new Set(lines)].sort(),
  });
}

/** The stamp that stands for each component. */
function stampsOf(stages: readonly LoggedStage[], extra: Declared): ReadonlyMap<string, string> {
  const stamps = new Map<string, string>();
  for (const { name, stamp, components } of stages) {
    if (stamp === undefined) continue;
    for (const component of components ?? [name]) {
      if (components === undefined || extra.has(component)) stamps.set(component, stamp);
    }
  }
  return stamps;
}

/** A stamp that stands for many components declares a need of each. */
function localNeeds(
  workspace: Workspace,
  locals: readonly LoggedStage[],
  stamps: ReadonlyMap<string, string>,
): Declared {
  const own = locals.flatMap(({ stamp }) => stamp ?? []);
  const needs = stampNeeds(workspace, own);
  return new Map(
    locals.map(({ name, stamp = "" }) => {
      const wanted = needs.get(stamp);
      const all = [...stamps].filter(([each, its]) => each !== name && wanted?.has(its) === true);
      return [name, all.map(([component]) => component)];
    }),
  );
}
