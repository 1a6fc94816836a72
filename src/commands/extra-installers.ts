// Invariant: what is said of components of illumos-extra comes from the logs of this workspace.
import type { Shipped } from "../engine/manifest/query.ts";
import { readInstallers, withInstallers } from "../engine/image/shipped/installers.ts";
import { extraComponents } from "../engine/workspace/projects.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";
import { extraSteps } from "../stages/extra-steps.ts";

/** Name that its manifest has in manifest.d. */
const group = "illumos-extra";

/** What ships, each entry of illumos-extra with the component that installed it, where a log tells. */
export async function withExtraInstallers(
  workspace: Workspace,
  shipped: Shipped,
  signal?: AbortSignal,
): Promise<Shipped> {
  const installers = await readInstallers({
    logFolder: workspace.paths.smartbuildLog,
    stage: "extra",
    components: extraComponents(workspace),
    begins: extraSteps.map(({ pattern }) => pattern),
    proto: workspace.paths.proto,
    ...(signal === undefined ? {} : { signal }),
  });
  return { ...shipped, entries: withInstallers(shipped.entries, group, installers) };
}
