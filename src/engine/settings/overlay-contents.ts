// Invariant: what is said of an overlay was counted in its folder; links are not followed.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isFolder, namesIn } from "../workspace/file-facts.ts";
import type { ListItem } from "./field.ts";

/** Beyond this an overlay is only said to hold more. */
const mostFiles = 20_000;

function countFiles(folder: string): number {
  let count = 0;
  const open = [folder];
  for (let next = open.pop(); next !== undefined && count < mostFiles; next = open.pop()) {
    try {
      for (const entry of readdirSync(next, { withFileTypes: true })) {
        if (entry.name === ".git") continue;
        if (entry.isDirectory()) open.push(join(next, entry.name));
        else count += 1;
      }
    } catch {
      // A folder that is closed to us holds nothing that can be counted.
    }
  }
  return count;
}

function manifestEntries(folder: string): number | undefined {
  try {
    const text = readFileSync(join(folder, "manifest"), "latin1");
    return text.split("\n").filter((line) => !/^\s*(#|$)/.test(line)).length;
  } catch {
    return undefined;
  }
}

/** What `overlay/NAME` holds, for each name, in the order given; `code`: of fragments, which may clone it. */
export function overlayItems(
  overlayFolder: string,
  names: readonly string[],
  code: readonly string[],
): ListItem[] {
  return names.map((name) => {
    const folder = join(overlayFolder, name);
    if (!isFolder(folder)) {
      return code.some((text) => text.includes(`overlay/${name}`))
        ? { name, holds: "not there yet; a fragment's code names it", isMissing: false }
        : { name, holds: "no such folder below overlay/", isMissing: true };
    }
    const files = countFiles(folder);
    const entries = manifestEntries(folder);
    const manifest = entries === undefined ? "no manifest" : `${entries} manifest entries`;
    return {
      name,
      holds: `${files} ${files === 1 ? "file" : "files"}, ${manifest}`,
      isMissing: false,
    };
  });
}

/** The overlays that are there, by name. */
export function overlayNames(overlayFolder: string): string[] {
  return namesIn(overlayFolder)
    .filter((name) => !name.startsWith(".") && isFolder(join(overlayFolder, name)))
    .sort();
}
