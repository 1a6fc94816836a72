// Invariant: a place is the line a developer edits where that line can be shown to be the same,
// else the line in manifest.d, which is always right.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../result.ts";
import { ok } from "../result.ts";
import type { Layout } from "../workspace/probes.ts";
import { aggregate, readManifests } from "./aggregate.ts";
import type { ByteText } from "./byte-text.ts";
import { fromBytes, fromText } from "./byte-text.ts";
import type { PlacedLine } from "./entry.ts";
import { normalizePath } from "./parse.ts";
import { sortManifest } from "./sort.ts";

/** A line of a manifest, by the manifest's path below the workspace. */
export interface EntryPlace {
  readonly manifest: string;
  /** 1-based. */
  readonly line: number;
}

/**
 * The manifest in the workspace that a file of manifest.d is made from, below the workspace;
 * undefined for a name no rule of the tree makes.
 */
export function originalManifest(name: string, layout: Layout): string | undefined {
  switch (name) {
    case "illumos.manifest":
      return "projects/illumos/manifest";
    case "illumos-extra.manifest":
      return "projects/illumos-extra/manifest";
    case "live.manifest":
      return "src/manifest";
    case "man.manifest":
      return layout === "modern" ? "man/manifest" : undefined;
    default: {
      const match = /^(.+)\.(ov|sd)\.manifest$/.exec(name);
      if (match === null) return undefined;
      return `${match[2] === "ov" ? "overlay" : "projects/local"}/${match[1] ?? ""}/manifest`;
    }
  }
}

/** Finds lines of manifest.d in the manifests they were made from; reads each of those once. */
export class Originals {
  readonly #root: string;
  readonly #layout: Layout;
  readonly #lines = new Map<string, readonly ByteText[] | undefined>();

  constructor(workspaceRoot: string, layout: Layout) {
    this.#root = workspaceRoot;
    this.#layout = layout;
  }

  /**
   * Where to edit a line of manifest.d. Most of those files are plain copies, so the original has
   * the same text at the same line, or (when it was edited since) at another one; lines that a
   * recipe generated are found only in manifest.d.
   */
  find(place: PlacedLine): EntryPlace {
    const generated = { manifest: `manifest.d/${place.file}`, line: place.line };
    const original = originalManifest(place.file, this.#layout);
    if (original === undefined) return generated;
    const lines = this.#read(original);
    if (lines === undefined) return generated;
    if (lines[place.line - 1] === place.text) return { manifest: original, line: place.line };
    const moved = lines.indexOf(place.text);
    return moved < 0 ? generated : { manifest: original, line: moved + 1 };
  }

  #read(manifest: string): readonly ByteText[] | undefined {
    if (!this.#lines.has(manifest)) {
      this.#lines.set(manifest, readLines(join(this.#root, manifest)));
    }
    return this.#lines.get(manifest);
  }
}

function readLines(path: string): readonly ByteText[] | undefined {
  try {
    return fromBytes(readFileSync(path))
      .split("\n")
      .map((line) => line.replace(/[ \t\r]+$/, ""));
  } catch {
    return undefined;
  }
}

/**
 * Who asks for each of these delivered paths: the manifest line that counts (the last one) and
 * the others that name the same path, for messages that point at the file to edit. Paths no
 * manifest names are left out. Reads `manifest.d` of the workspace (or the folder given).
 */
export function entryProvenance(
  workspaceRoot: string,
  layout: Layout,
  paths: readonly string[],
  manifestFolder: string = join(workspaceRoot, "manifest.d"),
): Result<Map<string, EntryPlace & { readonly others: readonly EntryPlace[] }>> {
  const sources = readManifests(manifestFolder);
  if (!sources.ok) return sources;
  const wanted = new Map(paths.map((path) => [normalized(fromText(path)), path]));
  const originals = new Originals(workspaceRoot, layout);
  const found = new Map<string, EntryPlace & { others: EntryPlace[] }>();
  for (const line of sortManifest(aggregate(sources.value), layout).lines) {
    const path = wanted.get(pathOf(line.text));
    if (path === undefined) continue;
    const place = originals.find(line);
    const others = line.replaced.map((other) => originals.find(other));
    const earlier = found.get(path);
    if (earlier === undefined) found.set(path, { ...place, others });
    else earlier.others.push(place, ...others);
  }
  return ok(found);
}

/** A path as the parser gives it: a log shows it as written, e.g. with a trailing slash. */
function normalized(path: ByteText): ByteText {
  const normal = normalizePath(path);
  return "path" in normal ? normal.path : path;
}

/** The delivered path of a line, as the parser gives it; the line itself when it has none. */
function pathOf(text: ByteText): ByteText {
  const [type, field = ""] = text.split(/[ \t\r\v\f]+/, 2);
  const equals = type === "s" || type === "h" ? field.indexOf("=") : -1;
  const normal = normalizePath(equals < 0 ? field : field.slice(0, equals));
  return "path" in normal ? normal.path : text;
}

/** A place as people read it: `projects/illumos/manifest:120`. */
export function placeText(place: EntryPlace): string {
  return `${place.manifest}:${place.line}`;
}
