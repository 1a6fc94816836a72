// Invariant: reads the Makefile, the last logs, the proto area and dependency files; runs nothing.
import { fail, ok, type Result } from "../../result.ts";
import { extraNeeds } from "../../workspace/projects.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { readComponentLogs } from "./component-logs.ts";
import { inferEdges } from "./infer.ts";
import { installedBy } from "./installed.ts";
import { judgeOrder, type OrderReport } from "./judge-order.ts";

/** The report, and the components that no log could tell anything about. */
export interface OrderAudit extends OrderReport {
  readonly components: readonly string[];
  readonly unseen: readonly string[];
}

/**
 * Compares the needs that the Makefile of illumos-extra declares with those that its components show.
 * Fails with `bad-input` when no build has a log of a component.
 */
export function auditOrder(workspace: Workspace): Result<OrderAudit> {
  const { paths } = workspace;
  const declared = extraNeeds(workspace);
  const components = [...declared.keys()];
  const logs = readComponentLogs(paths.smartbuildLog, components);
  if (logs.length === 0) {
    return fail(
      "bad-input",
      "No build has a log of a component of illumos-extra.",
      "Run `smartbuild run extra` first.",
    );
  }
  const owners = installedBy(logs, paths.proto);
  const input = { logs, owners, proto: paths.proto, sources: paths.illumosExtra };
  const durations = new Map(logs.map(({ component, durationMs }) => [component, durationMs]));
  return ok({
    components,
    unseen: components.filter((component) => !durations.has(component)),
    ...judgeOrder(declared, inferEdges(input), durations),
  });
}
