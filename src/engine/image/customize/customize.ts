// Invariant: the image is customized in one pass over one copy, and not copied at all when nothing
// has to run on it.
import type { Result } from "../../result.ts";
import { ok } from "../../result.ts";
import type { Layout } from "../../workspace/probes.ts";
import { imageSteps, stepLine } from "../steps.ts";
import { findScripts } from "./find-scripts.ts";
import { nativeTools } from "./native-tools.ts";
import type { StagedRun } from "./run-staged.ts";
import { runStaged } from "./run-staged.ts";
import { stockSteps } from "./stock-steps.ts";

/** What to customize. */
export interface Customization extends Omit<StagedRun, "scripts" | "cwd"> {
  readonly root: string;
  readonly layout: Layout;
  readonly stamp: string;
}

/**
 * What tools/customize and tools/customize.* do, then what the tree's SMF and man tools do.
 * Resolves to the gaps: a sentence for each step that this host cannot do.
 */
export async function customize(request: Customization): Promise<Result<readonly string[]>> {
  const { root, layout, stamp, tree, log } = request;
  const { stock, scripts, skipped } = findScripts(root, stamp);
  log.line(stepLine(imageSteps.customize));
  for (const path of skipped) log.line(`CUSTOMIZE: ${path} is left alone, by its name`);
  if (stock !== undefined) {
    log.line("CUSTOMIZE: tools/customize is a published version; its steps are done here");
    for (const line of stockSteps(tree, stamp)) log.line(`CUSTOMIZE: ${line}`);
  }
  for (const { name } of scripts) log.line(`CUSTOMIZE: ${name} is run`);
  const native = nativeTools(root, layout, tree, layout === "modern" ? "tools" : (stock ?? "none"));
  const all = [...scripts, ...native.scripts];
  if (all.length > 0) {
    const changes = await runStaged({ ...request, scripts: all, cwd: root });
    if (!changes.ok) return changes;
    log.line(`CUSTOMIZE: ${changes.value.length} changes`);
  } else if (stock === undefined) log.line("CUSTOMIZE: nothing to do");
  for (const gap of native.gaps) log.line(`GAP: ${gap}`);
  return ok(native.gaps);
}
