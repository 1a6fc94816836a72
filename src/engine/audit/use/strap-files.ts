// Invariant: no file is opened, so that looking at them does not count as reading them.
import { lstatSync, readdirSync, realpathSync } from "node:fs";
import { join, posix } from "node:path";

/** A file or link of the strap area. */
export interface StrapFile {
  /** Below the area. */
  readonly path: string;
  readonly bytes: number;
  /** Below the area, where a link leads there; undefined for a file and for a link out of it. */
  readonly target: string | undefined;
  readonly isLink: boolean;
  /** Last access and last change of content or rights, milliseconds of the epoch. */
  readonly readAt: number;
  readonly changedAt: number;
}

/** All files and links below the area (absolute, may itself be a link), by path. */
export function strapFiles(area: string): ReadonlyMap<string, StrapFile> {
  const found: StrapFile[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of namesIn(join(area, folder))) {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else {
        const file = describe(area, path);
        if (file !== undefined) found.push(file);
      }
    }
  }
  found.sort((a, b) => (a.path < b.path ? -1 : 1));
  return new Map(found.map((file) => [file.path, file]));
}

/** The real path of the area; undefined when it is not there. */
export function realArea(area: string): string | undefined {
  try {
    return realpathSync(area);
  } catch {
    return undefined;
  }
}

function namesIn(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function describe(area: string, path: string): StrapFile | undefined {
  const stats = lstatSync(join(area, path), { throwIfNoEntry: false });
  if (stats === undefined) return undefined;
  const isLink = stats.isSymbolicLink();
  return {
    path,
    bytes: stats.size,
    isLink,
    target: isLink ? targetOf(area, path) : undefined,
    readAt: stats.atimeMs,
    changedAt: stats.ctimeMs,
  };
}

function targetOf(area: string, path: string): string | undefined {
  try {
    const [top, real] = [realpathSync(area), realpathSync(join(area, path))];
    return real.startsWith(`${top}/`) ? real.slice(top.length + 1) : undefined;
  } catch {
    return undefined;
  }
}
