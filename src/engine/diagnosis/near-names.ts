// Invariant: reads names only, at most 200,000 of them; looks for nothing that is exactly there.
import { readdirSync, type Dirent } from "node:fs";
import { join } from "node:path";

const mostNames = 200_000;
const mostNear = 5;

interface Found {
  /** Folder that was searched, as it is shown. */
  readonly shown: string;
  /** Delivered path below it. */
  readonly path: string;
}

/** Every file below the searched folders, to find names like one that is missing. */
export class NearNames {
  readonly #byName = new Map<string, Found[]>();
  readonly #byFolder = new Map<string, Found[]>();
  #count = 0;

  /** @param folders absolute, each with the name it is shown by */
  constructor(folders: readonly { readonly at: string; readonly shown: string }[]) {
    for (const { at, shown } of folders) this.#walk(at, shown, "");
  }

  #walk(at: string, shown: string, below: string): void {
    let entries: Dirent[];
    try {
      entries = readdirSync(at, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) {
        this.#walk(join(at, entry.name), shown, path);
        continue;
      }
      if (this.#count++ >= mostNames) return;
      add(this.#byName, entry.name, { shown, path });
      add(this.#byFolder, below, { shown, path });
    }
  }

  /**
   * Paths like a missing one, nearest first, at most 5: the same name in another folder (the most
   * similar folder first), then other names in the same folder.
   */
  near(path: string): string[] {
    const slash = path.lastIndexOf("/");
    const [folder, name] = [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)];
    const elsewhere = (this.#byName.get(name) ?? [])
      .map((found) => ({ found, far: folderDistance(path, found.path) }))
      .sort((one, other) => one.far - other.far);
    const most = Math.min(2, Math.floor(name.length / 3));
    const alike = (this.#byFolder.get(folder) ?? [])
      .map((found) => ({
        found,
        far: nameDistance(name, found.path.slice(found.path.lastIndexOf("/") + 1), most),
      }))
      .filter(({ far }) => far > 0 && far <= most)
      .sort((one, other) => one.far - other.far);
    return [...elsewhere, ...alike]
      .slice(0, mostNear)
      .map(({ found: { shown, path: at } }) => `${shown}/${at}`);
  }
}

function add(map: Map<string, Found[]>, key: string, found: Found): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [found]);
  else list.push(found);
}

/** Number of folders in which two paths differ. */
function folderDistance(one: string, other: string): number {
  const folders = new Set(one.split("/").slice(0, -1));
  const others = other.split("/").slice(0, -1);
  const shared = others.filter((name) => folders.has(name)).length;
  return folders.size + others.length - 2 * shared;
}

/** 1 for names that differ only in the version at their end, as of libz.so.1 and libz.so.1.2. */
function nameDistance(one: string, other: string, most: number): number {
  if (one === other) return 0;
  const plain = /(?:[.-]\d+)+$/;
  const [bare, otherBare] = [one.replace(plain, ""), other.replace(plain, "")];
  return bare === otherBare && bare.length > 2 ? Math.min(1, most) : editDistance(one, other, most);
}

/** Letters to add, take away or change; more than `most` when it is more. */
export function editDistance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same));
    }
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row.at(-1) ?? 0;
}
