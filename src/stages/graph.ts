// Invariant: the layout alone decides which graph a tree has.
import { existsSync, realpathSync } from "node:fs";
import { checkGraph } from "../engine/graph/order.ts";
import type { Graph } from "../engine/graph/stage.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import { makeProgram } from "../engine/workspace/host-probe.ts";
import { extraComponents, localProjects } from "../engine/workspace/projects.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";
import { classicGraph } from "./classic.ts";
import { readImageSettings, type ImageBuilder } from "../engine/image/image-settings.ts";
import { modernGraph } from "./modern.ts";

/**
 * The stages of a workspace on this host. `path`: where programs are looked for; `builder`: who makes
 * the image, by default as smartbuild.image says, else the tree on SunOS and smartbuild elsewhere.
 */
export function graphOf(
  workspace: Workspace,
  program: readonly string[],
  path: string,
  builder?: ImageBuilder,
): Result<Graph> {
  const make = makeProgram(path);
  if (make === undefined) {
    return fail(
      "missing-tool",
      "There is no GNU make here (neither gmake nor make).",
      process.platform === "sunos" ? "pkgin install gmake" : "apt-get install make gcc",
    );
  }
  const settings = readImageSettings(workspace.root);
  if (!settings.ok) return settings;
  const context = {
    workspace,
    make: [make, ...shellArgument()],
    program,
    builder:
      builder ?? settings.value.builder ?? (process.platform === "sunos" ? "tree" : "native"),
    strapComponents: extraComponents(workspace, "strap"),
    extraComponents: extraComponents(workspace),
    localProjects: localProjects(workspace),
  };
  const graph = workspace.layout === "classic" ? classicGraph(context) : modernGraph(context);
  const faults = checkGraph(graph);
  if (faults.length > 0) throw new Error(`the stage graph is unsound: ${faults.join("; ")}`);
  return ok(graph);
}

/** Recipes use `[[ ]]`: where /bin/sh is neither bash nor ksh93, make is told to use bash. */
function shellArgument(): string[] {
  if (process.platform === "sunos" || !existsSync("/bin/bash")) return [];
  return realpathSync("/bin/sh").endsWith("/bash") ? [] : ["SHELL=/bin/bash"];
}
