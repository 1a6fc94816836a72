// Invariant: two signatures are the same only while no file of the root that holds settings was
// written, made, renamed or removed.
import { join } from "node:path";
import { namesIn, statOf } from "../workspace/file-facts.ts";

const holdsSettings = /^(default\.)?configure[.-]|^smartbuild\.|^build\.env$/;

/** Names, times and sizes of the files in the root that settings stand in. */
export function rootSignature(root: string): string {
  return namesIn(root)
    .filter((name) => holdsSettings.test(name))
    .sort()
    .map((name) => {
      const found = statOf(join(root, name));
      return `${name} ${found?.mtimeMs ?? 0} ${found?.size ?? 0} ${found?.ino ?? 0}`;
    })
    .join("\n");
}
