// Invariant: every command that looks at builds finds them here, and sees to it on the way that an
// unfinished one has a host.
import { join } from "node:path";
import type { HostTrouble } from "../engine/host/host-trouble.ts";
import { ensureHost } from "../engine/host/start-host.ts";
import { buildFolders, readBuild } from "../engine/journal/builds.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { processTable } from "../engine/process/system-processes.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import { openWorkspace, type Workspace } from "../engine/workspace/workspace.ts";
import type { Io } from "./io.ts";

/** A build and where it lies. */
export interface FoundBuild {
  readonly workspace: Workspace;
  readonly folder: string;
  readonly state: BuildState;
  /** Why the build has no live host though it should have one. */
  readonly trouble?: HostTrouble;
}

/** The named build, or the newest. Failure `bad-input` when there is none. */
export async function findBuild(
  io: Io,
  root: string | undefined,
  name?: string,
): Promise<Result<FoundBuild>> {
  const workspace = openWorkspace(io.cwd, root);
  if (!workspace.ok) return workspace;
  const logs = workspace.value.paths.smartbuildLog;
  const folder = name === undefined ? buildFolders(logs)[0] : join(logs, name);
  const state = folder === undefined ? undefined : readBuild(folder);
  if (folder === undefined || state === undefined) {
    return fail(
      "bad-input",
      name === undefined
        ? `Nothing has been built in ${workspace.value.root} yet.`
        : `There is no build ${name} in ${workspace.value.root}.`,
      name === undefined ? "Start with `smartbuild run`." : "`smartbuild status` names the newest.",
    );
  }
  const check = await ensureHost(io.program, folder, state, processTable(), new Date());
  const found = { workspace: workspace.value, folder, state };
  return ok("trouble" in check ? { ...found, trouble: check.trouble } : found);
}
