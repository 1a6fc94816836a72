// Invariant: the settings room of the engine is loaded when the page first asks, not before.
import { join } from "node:path";
import type { Workspace } from "../engine/workspace/workspace.ts";
import type { SettingsPorts } from "../ui/pages/settings/ports.ts";
import type { Io } from "./io.ts";

/** What the settings page of the console asks for. */
export function settingsPorts(
  io: Pick<Io, "env" | "program">,
  workspace: Workspace,
): SettingsPorts {
  return {
    open: async () => {
      const { openSettingsForm } = await import("./settings-form.ts");
      return openSettingsForm(io, workspace);
    },
    branches: (repository) => branchesOf(join(workspace.root, repository)),
  };
}

/** Local branches and those of its remotes, the newest first, each once. */
async function branchesOf(folder: string): Promise<readonly string[]> {
  const { isThere } = await import("../engine/workspace/file-facts.ts");
  // Without it the folder is a part of another repository, or of none.
  if (!isThere(join(folder, ".git"))) return [];
  const { runTool } = await import("../engine/process/run-tool.ts");
  const argv = [
    ...["for-each-ref", "--sort=-committerdate", "--count=200"],
    ...["--format=%(refname)", "refs/heads", "refs/remotes"],
  ];
  const { ok, stdout } = await runTool("git", argv, folder, {}, 5000);
  if (!ok) return [];
  const names = stdout
    .split("\n")
    .map((name) => name.replace(/^refs\/(heads|remotes\/[^/]+)\//, ""))
    .filter((name) => name !== "" && name !== "HEAD");
  return [...new Set(names)];
}
