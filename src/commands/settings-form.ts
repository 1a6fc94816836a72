// Invariant: the console and `smartbuild config` see one and the same form.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Graph } from "../engine/graph/stage.ts";
import { SettingsForm, type SettingChange } from "../engine/settings/form.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";
import { graphOf } from "../stages/graph.ts";
import type { Io } from "./io.ts";

/** The settings of a workspace as a form. */
export function openSettingsForm(
  io: Pick<Io, "env" | "program">,
  workspace: Workspace,
): SettingsForm {
  const graph = graphOf(workspace, io.program, io.env["PATH"] ?? "");
  const stages = graph.ok ? graph.value : [];
  return new SettingsForm({
    place: workspace,
    env: io.env,
    example: exampleText(),
    staleStages: (changes) => staleStages(stages, changes),
  });
}

/** The stages that read what changed, and all that are built from those, in build order. */
function staleStages(graph: Graph, changes: readonly SettingChange[]): string[] {
  const stale = new Set<string>();
  for (;;) {
    const next = graph.find(
      ({ name, settings, inputs, needs, onlyWhenNamed }) =>
        !stale.has(name) &&
        onlyWhenNamed !== true &&
        (needs.some((need) => stale.has(need)) ||
          changes.some(
            ({ setting, file }) =>
              inputs.includes(file) ||
              (setting !== undefined && settings.includes(setting)) ||
              (file.startsWith("configure") && name === "configure"),
          )),
    );
    if (next === undefined) break;
    stale.add(next.name);
  }
  return graph.map(({ name }) => name).filter((name) => stale.has(name));
}

/** The bundled example; empty where the program was copied without it. */
function exampleText(): string {
  try {
    const here = dirname(fileURLToPath(import.meta.url));
    return readFileSync(join(here, "..", "configure.local.example"), "utf8");
  } catch {
    return "";
  }
}
