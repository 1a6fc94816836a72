// Invariant: each component's manifest is named as the manifest stage would name its copy in
// manifest.d, so that both are ordered and spoken of alike.
import { readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { localProjects } from "../workspace/projects.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { ManifestSource } from "./aggregate.ts";
import { compareBytes, fromBytes, fromText } from "./byte-text.ts";
import { originalManifest } from "./provenance.ts";

/** A component's own manifest. */
export interface ComponentManifest {
  /** Name of its copy in manifest.d. */
  readonly name: string;
  /** Below the workspace. */
  readonly path: string;
}

/** The manifests that the components of a tree have, in the order of `manifest.d/*`. */
export function componentManifests(workspace: Workspace): readonly ComponentManifest[] {
  const names = [
    ...["illumos.manifest", "illumos-extra.manifest", "live.manifest", "man.manifest"],
    ...localProjects(workspace).map((name) => `${name}.sd.manifest`),
    ...workspace.overlays.map(({ name }) => `${name}.ov.manifest`),
  ];
  return names
    .sort((a, b) => compareBytes(fromText(a), fromText(b)))
    .flatMap((name): ComponentManifest[] => {
      const path = originalManifest(name, workspace.layout);
      return path === undefined || modified(workspace, path) === undefined ? [] : [{ name, path }];
    });
}

/** Their texts; those that cannot be read are left out. */
export function readComponentManifests(workspace: Workspace): readonly ManifestSource[] {
  return componentManifests(workspace).flatMap(({ name, path }): ManifestSource[] => {
    try {
      return [{ name, text: fromBytes(readFileSync(join(workspace.root, path))) }];
    } catch {
      return [];
    }
  });
}

/** Paths of components' manifests that are newer than their copies in `folder`, or have none there. */
export function changedSince(workspace: Workspace, folder: string): readonly string[] {
  return componentManifests(workspace).flatMap(({ name, path }) => {
    const copy = statSync(join(folder, basename(name)), { throwIfNoEntry: false })?.mtimeMs;
    const own = modified(workspace, path);
    return own !== undefined && (copy === undefined || own > copy) ? [path] : [];
  });
}

function modified({ root }: Workspace, path: string): number | undefined {
  try {
    const stat = statSync(join(root, path), { throwIfNoEntry: false });
    return stat?.isFile() === true ? stat.mtimeMs : undefined;
  } catch {
    return undefined;
  }
}
