// Invariant: a file is named only when it is there; what rests on a guess says so.
import { join } from "node:path";
import { installerFolder } from "../diagnosis/installer.ts";
import type { Installer } from "../journal/events.ts";
import { isFolder, namesIn } from "../workspace/file-facts.ts";

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
  const makefile = namesIn(join(root, folder)).find((name) => /^(?:GNU)?[Mm]akefile$/.test(name));
  const place = makefile === undefined ? folder : `${folder}/${makefile}`;
  const guessed = installer.certain ? "" : ` (a guess: ${installer.why})`;
  return `${installer.component} was built but installed no ${path}: see ${place}${guessed}.`;
}
