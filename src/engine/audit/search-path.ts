// Invariant: a folder of an RPATH or RUNPATH is expanded as the run-time linker would, and nothing is
// looked up. Source: ld.so.1(1), "Dynamic String Tokens".
import { posix } from "node:path";

/** Splits an RPATH or RUNPATH; an empty folder stays one. */
export function foldersOf(text: string): readonly string[] {
  return text.split(":");
}

/** The folder with $ORIGIN (of the object at `path`) put in; undefined where other tokens are left. */
export function expandOrigin(folder: string, path: string): string | undefined {
  const origin = posix.dirname(`/${path}`);
  const expanded = folder.replace(/\$(?:ORIGIN\b|\{ORIGIN\})/g, origin);
  return expanded.includes("$") ? undefined : expanded;
}
