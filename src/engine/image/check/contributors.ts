// Invariant: sizes are what the image stores, in whole fragments, so that the rows add up to what
// the forecast counts.
import type { ByteText } from "../../manifest/byte-text.ts";
import { toText } from "../../manifest/byte-text.ts";
import { contentFragments } from "../format/ufs/file-blocks.ts";
import type { VolumeName } from "../volume.ts";
import type { FoundFile } from "./check-sources.ts";
import type { Delivered } from "./delivered.ts";
import { volumeOf } from "./image-contents.ts";

/** What one component puts into one image. */
export interface Contribution {
  readonly component: string;
  readonly image: VolumeName;
  readonly entries: number;
  /** Of contents, as the image stores them. */
  readonly kib: number;
}

/** A file that takes much. */
export interface LargeFile {
  readonly path: string;
  readonly component: string;
  readonly image: VolumeName;
  readonly kib: number;
}

const mostRows = 20;

/** The component that a file of manifest.d is made by: `illumos`, `overlay generic`. */
export function componentOf(manifest: string): string {
  const match = /^(.+?)(?:\.(ov|sd))?\.manifest$/.exec(manifest);
  if (match === null) return manifest;
  const name = match[1] ?? manifest;
  return match[2] === "ov" ? `overlay ${name}` : name;
}

/** The twenty components that take most, largest first. */
export function contributions(
  { byPath }: Delivered,
  files: ReadonlyMap<ByteText, FoundFile>,
): Contribution[] {
  const rows = new Map<string, { -readonly [K in keyof Contribution]: Contribution[K] }>();
  for (const [path, [entry]] of byPath) {
    if (entry === undefined) continue;
    const [component, image] = [componentOf(entry.file), volumeOf(path)];
    const key = `${image} ${component}`;
    const row = rows.get(key) ?? { component, image, entries: 0, kib: 0 };
    rows.set(key, row);
    row.entries++;
    const size = entry.type === "s" ? entry.target.length : files.get(path)?.size;
    row.kib += contentFragments(size ?? 0);
  }
  return largest([...rows.values()]);
}

/** The twenty files that take most, largest first. */
export function largestFiles(
  { byPath }: Delivered,
  files: ReadonlyMap<ByteText, FoundFile>,
): LargeFile[] {
  const rows = [...files].map(([path, { size }]) => ({ path, kib: contentFragments(size) }));
  return largest(rows).map(({ path, kib }) => {
    const [entry] = byPath.get(path) ?? [];
    const component = entry === undefined ? "" : componentOf(entry.file);
    return { path: toText(path), component, image: volumeOf(path), kib };
  });
}

function largest<T extends { readonly kib: number }>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => b.kib - a.kib).slice(0, mostRows);
}
