// Invariant: a place is said as people say it; small, since the console shows places everywhere.
import { relative } from "node:path";
import type { Place } from "./field.ts";

/** A place as people say it: `configure.local:12`. */
export function placeText(root: string, { file, line }: Place): string {
  if (file === "environment") return "environment";
  const path = relative(root, file);
  const name = path.startsWith("..") ? file : path;
  return line === 0 ? name : `${name}:${line}`;
}
