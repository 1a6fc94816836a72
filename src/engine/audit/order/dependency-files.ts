// Invariant: a dependency file is what a compiler or libtool wrote beside an object, known by its name.
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** More names than one project's objects have. */
const mostFiles = 200_000;

/** The dependency files below a folder, by path; links to folders are not followed. */
export function dependencyFiles(folder: string): readonly string[] {
  const found: string[] = [];
  const folders = [folder];
  let seen = 0;
  for (let at = folders.pop(); at !== undefined && seen < mostFiles; at = folders.pop()) {
    try {
      for (const entry of readdirSync(at, { withFileTypes: true })) {
        seen++;
        if (entry.isDirectory()) folders.push(join(at, entry.name));
        else if (/\.(?:d|Po|Plo|dep)$/.test(entry.name)) found.push(join(at, entry.name));
      }
    } catch {
      // A folder that cannot be read tells nothing.
    }
  }
  return found.sort();
}

/** The paths that a dependency file names: `TARGET: PATH PATH \` and the empty rules of -MP. */
export function pathsIn(text: string): readonly string[] {
  return text
    .split(/(?:\\\r?\n|\s)+/)
    .map((word) => word.replace(/:$/, ""))
    .filter((word) => word !== "");
}
