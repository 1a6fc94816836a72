// Invariant: a file is named only when it is there; what rests on a guess says so.
import { join } from "node:path";
import { installerFolder } from "../diagnosis/installer.ts";
import type { Installer } from "../journal/events.ts";
import { isFolder, namesIn } from "../workspace/file-facts.ts";

/** The Makefile of the component's own folder, below the workspace; undefined where there is none. */
export function installerMakefile(root: string, component: string): string | undefined {
  const folder = installerFolder(component);
  if (folder === undefined) return undefined;
  const name = namesIn(join(root, folder)).find((each) => /^(?:GNU)?[Mm]akefile$/.test(each));
  return name === undefined ? undefined : `${folder}/${name}`;
}

/**
 * Where to look when a component left out what a manifest asks for, a sentence; undefined where no
 * component with a folder of its own is known.
 */
export function installerAdvice(
  root: string,
  path: string,
  installer: Installer | undefined,
): string | undefined {
  const folder = installer === undefined ? undefined : installerFolder(installer.component);
  if (installer === undefined || folder === undefined || !isFolder(join(root, folder))) {
    return undefined;
  }
  const place = installer.makefile ?? folder;
  const guessed = installer.certain ? "" : ` (a guess: ${installer.why})`;
  return `${installer.component} was built but installed no ${path}: see ${place}${guessed}.`;
}
