// Invariant: a problem of a manifest entry names the delivered path, and the manifest and line that
// ask for it wherever those can be found.
import { join } from "node:path";
import type { Stage } from "../graph/stage.ts";
import type { LogSpan, Problem } from "../journal/events.ts";
import { findMissing } from "../manifest/check.ts";
import { entryProvenance, type EntryPlace } from "../manifest/provenance.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { installerAdvice } from "./entry-advice.ts";
import { EntryOrigins } from "./entry-origin.ts";

/** The attempt the problems belong to. */
interface Where {
  readonly stage: Stage;
  readonly attempt: number;
  readonly root: string;
  /** The build's folder. */
  readonly folder: string;
  /** Where the image looks for files. */
  readonly searchFolders: () => readonly string[];
  /** Problems that logs of this build show. */
  readonly known: readonly Problem[];
}

/** Entries of the stage's component manifests that neither overlays nor proto area have. */
export function missingEntryProblems({
  stage,
  attempt,
  root,
  folder,
  searchFolders,
  known,
}: Where): Problem[] {
  if (stage.checks.length === 0) return [];
  const searched = searchFolders();
  const origins = new EntryOrigins({ root, folder, searched, known });
  return stage.checks.flatMap(({ manifest, only, except }) => {
    const checked = findMissing(join(root, manifest), searched, {
      ...(only === undefined ? {} : { only }),
      ...(except === undefined ? {} : { except }),
    });
    if (!checked.ok) return [];
    return checked.value.missing.map(({ path, line }): Problem => {
      const origin = origins.of(path, manifest);
      return {
        id: `${stage.name}.${attempt}.missing.${path}`,
        kind: "entry-missing",
        stage: stage.name,
        attempt,
        summary: `${path} is in ${manifest}:${line}, but in no overlay and not in the proto area`,
        advice:
          installerAdvice(root, path, origin.installer) ??
          `Let ${origin.installer?.component ?? stage.name} install it, or take the line out of ${manifest}.`,
        path,
        manifest,
        manifestLine: line,
        ...origin,
      };
    });
  });
}

/** Entries the image stage's log says FAILED of. */
export function failedEntryProblems({
  stage,
  attempt,
  root,
  folder,
  searchFolders,
  known,
  watched,
}: Where & {
  readonly watched: {
    readonly failedEntries: readonly { path: string; reason: string; span: LogSpan }[];
  };
}): Problem[] {
  const { failedEntries } = watched;
  if (failedEntries.length === 0) return [];
  const workspace = openWorkspace(root, root);
  const paths = failedEntries.map(({ path }) => path);
  const places = workspace.ok ? entryProvenance(root, workspace.value.layout, paths) : undefined;
  const origins = new EntryOrigins({ root, folder, searched: searchFolders(), known });
  return failedEntries.map(({ path, reason, span }, index): Problem => {
    const place: EntryPlace | undefined = places?.ok === true ? places.value.get(path) : undefined;
    const origin = reason.startsWith("not found") ? origins.of(path, place?.manifest) : {};
    return {
      id: `${stage.name}.${attempt}.failed.${index}`,
      kind: "entry-failed",
      stage: stage.name,
      attempt,
      summary:
        `${path} could not be delivered: ${reason}` +
        (place === undefined ? "" : `; ${place.manifest}:${place.line} asks for it`),
      advice:
        installerAdvice(root, path, origin.installer) ??
        "Build the component that installs it, or take it out of the manifest.",
      span,
      path,
      ...(place === undefined ? {} : { manifest: place.manifest, manifestLine: place.line }),
      ...origin,
    };
  });
}
