// Invariant: pure; a link is the address of a file on the machine that the console runs on, so that
// a terminal elsewhere does not open a file of its own.
import { isAbsolute, join } from "node:path";
import { hostname } from "node:os";
import { pathToFileURL } from "node:url";
import type { Problem } from "../../engine/journal/state.ts";

const host = hostname();

/** The address of a file (OSC 8 wants the name of the host in it). */
export function fileLink(path: string): string {
  const url = pathToFileURL(path);
  return `file://${encodeURIComponent(host)}${url.pathname}`;
}

/** The address of the file that a problem names, where it names one; nothing is looked up. */
export function problemLink(
  { file, manifest, folder }: Problem,
  workspace: string,
): string | undefined {
  // As for the editor: the manifest that asks for an entry is what is to be changed.
  if (manifest !== undefined) return fileLink(join(workspace, manifest));
  if (file === undefined) return undefined;
  return fileLink(isAbsolute(file) ? file : join(folder ?? workspace, file));
}
