// Invariant: what a stage delivers is what it is checked for at its end; it has delivered it once its
// stamps are there, as make sees it.
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ManifestCheck, Stage } from "../engine/graph/stage.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";
import { graphOf } from "./graph.ts";

/** The stage that has yet to deliver a path; `manifest` asks for it, below the workspace. */
export type Awaited = (manifest: string, path: string) => string | undefined;

/** What the stages of a tree have still to deliver, as of now; nothing where it has no graph. */
export function awaitedIn(workspace: Workspace, path: string): Awaited {
  // None of the commands is run.
  const graph = graphOf(workspace, [], path);
  if (!graph.ok) return () => undefined;
  const open = graph.value.filter(
    (stage) => stage.checks.length > 0 && !isDone(stage, workspace.root),
  );
  return (manifest, entry) =>
    open.find(({ checks }) => checks.some((check) => covers(check, manifest, entry)))?.name;
}

function isDone({ stamps, products }: Stage, root: string): boolean {
  const telling = stamps.length > 0 ? stamps : products;
  return telling.every((file) => existsSync(join(root, file)));
}

function covers(check: ManifestCheck, manifest: string, path: string): boolean {
  if (check.manifest !== manifest || check.only?.test(path) === false) return false;
  return check.except?.test(path) !== true;
}
