// Invariant: a Workspace is a real folder that make can build in, with one layout and the features
// that decided it.
import { realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fail, ok, type Result } from "../result.ts";
import { readSettings, type SettingsPlace } from "../settings/settings.ts";
import { isThere } from "./file-facts.ts";
import { orderedOverlayNames, overlaysOf, type Overlay } from "./overlays.ts";
import {
  necessaryPaths,
  overlayFeature,
  probeTree,
  weighLayout,
  type Layout,
  type Probe,
} from "./probes.ts";
import { unbuildablePath } from "./root-path.ts";
import { treePaths, type TreePaths } from "./tree-paths.ts";

export type { Layout, Overlay, Probe, TreePaths };

/** A smartos-live tree. */
export interface Workspace {
  /** Absolute, without symbolic links. */
  readonly root: string;
  readonly layout: Layout;
  /** Everything that was looked for, and whether it was there. */
  readonly probes: readonly Probe[];
  /** In order of priority; empty where the tree has none. */
  readonly overlays: readonly Overlay[];
  readonly paths: TreePaths;
}

const advice =
  "Go into a smartos-live tree, name one with --root DIR, or try `smartbuild demo`, which brings its own.";

function missingFrom(folder: string): string[] {
  return necessaryPaths.filter((path) => !isThere(join(folder, path)));
}

/** A folder and all above it, nearest first. */
function upward(folder: string): string[] {
  const folders = [folder];
  for (let at = folder; dirname(at) !== at; at = dirname(at)) folders.push(dirname(at));
  return folders;
}

function realPath(path: string): string | undefined {
  try {
    const bytes = realpathSync.native(path, "buffer");
    return bytes.toString("utf8");
  } catch {
    return undefined;
  }
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

function notFound(searched: readonly string[], start: string): ReturnType<typeof fail> {
  const nearest = searched
    .map((folder) => ({ folder, missing: missingFrom(folder) }))
    .find(
      ({ missing }) =>
        missing.length < necessaryPaths.length && !missing.includes("tools/build_live"),
    );
  const where =
    searched.length > 1
      ? `${start} or any folder above it (${searched.slice(1).join(", ")})`
      : start;
  const hint =
    nearest === undefined
      ? ""
      : ` ${nearest.folder} comes near, but has no ${listed(nearest.missing)}.`;
  return fail(
    "no-workspace",
    `No smartos-live tree in ${where}: looked for ${listed(necessaryPaths)} in each.${hint}`,
    advice,
  );
}

/** As the effective OVERLAYS says, else as configure wrote them; none where nothing reads them. */
function overlayNames(place: SettingsPlace, probes: readonly Probe[]): string[] {
  if (!probes.some(({ feature, found }) => feature === overlayFeature && found)) return [];
  const setting = readSettings(place).get("OVERLAYS")?.value;
  if (setting === undefined) return orderedOverlayNames(place.paths.overlayOrder);
  return setting.split(/\s+/).filter((name) => name !== "");
}

function open(folder: string): Result<Workspace> {
  const root = realPath(folder);
  if (root === undefined) return fail("no-workspace", `${folder} cannot be reached.`, advice);
  const unbuildable = unbuildablePath(root);
  if (unbuildable !== undefined) return unbuildable;
  const probes = probeTree(root);
  const layout = weighLayout(probes);
  if (layout === undefined) {
    const wanted = probes.filter((probe) => probe.layout !== "both").map((probe) => probe.feature);
    return fail(
      "no-workspace",
      `${root} has ${listed(necessaryPaths)}, but nothing that tells its layout; looked for: ${wanted.join("; ")}.`,
      "Check that the checkout is complete (git status).",
    );
  }
  const paths = treePaths(root);
  const overlays = overlaysOf(paths.overlay, overlayNames({ root, layout, paths }, probes));
  return ok({ root, layout, probes, overlays, paths });
}

/**
 * Opens the tree at `explicitRoot`, or the nearest one at or above `start` (first along the path as
 * given, so that a project reached through a symbolic link finds its workspace, then along the real
 * path). Failures: `no-workspace` when there is none, `bad-input` when make cannot live in its path.
 */
export function openWorkspace(start: string, explicitRoot?: string): Result<Workspace> {
  const from = resolve(start, explicitRoot ?? ".");
  if (!isThere(from)) return fail("no-workspace", `There is no folder ${from}.`, advice);
  if (explicitRoot !== undefined) {
    return missingFrom(from).length === 0 ? open(from) : notFound([from], from);
  }
  const asGiven = upward(from);
  const real = realPath(from);
  const searched = [...new Set([...asGiven, ...(real === undefined ? [] : upward(real))])];
  const found = searched.find((folder) => missingFrom(folder).length === 0);
  return found === undefined ? notFound(searched, from) : open(found);
}
