// Invariant: a build starts, or a sentence says why it does not.
import type { Workspace } from "../engine/workspace/workspace.ts";
import type { StartedBuild } from "../ui/ports.ts";
import type { Io } from "./io.ts";

/** Starts a build of the targets; of none: of all that is stale up to the image. */
export async function startTargets(
  io: Io,
  workspace: Workspace,
  targets: readonly string[],
): Promise<StartedBuild> {
  const { prepare } = await import("./prepare.ts");
  const { startBuild } = await import("./start-build.ts");
  const prepared = await prepare(io, workspace.root, targets);
  if (!prepared.ok) {
    const { kind, message } = prepared.failure;
    return { refused: message, isUnknown: kind === "usage" };
  }
  if (!prepared.value.plan.some(({ run }) => run)) {
    return { refused: "Nothing to build: all stages are up to date." };
  }
  const started = await startBuild(io, prepared.value, { keepGoing: false });
  return started.ok ? { folder: started.value } : { refused: started.failure.message };
}
