// Invariant: pure; nodes stand in the order in which they are shown, each before all that is below it.
import { fileBytes } from "./query-sizes.ts";
import { comparePaths, entryStates, type EntryState, type ShippedEntry } from "./query.ts";

/** A path of the tree. */
export interface TreeNode {
  readonly path: string;
  /** Last part of the path. */
  readonly name: string;
  /** Directories above it. */
  readonly depth: number;
  /** Undefined for a directory that something stands in and no manifest delivers. */
  readonly entry: ShippedEntry | undefined;
  /** Index after the last node below it; its own + 1 where there is none. */
  readonly end: number;
  /** Entries below it. */
  readonly below: number;
  /** Bytes of files in it and below, itself included. */
  readonly bytes: number;
  /** What matters most of it and all below. */
  readonly worst: EntryState;
}

type Growing = { -readonly [K in keyof TreeNode]: TreeNode[K] };

/** States by how much they matter, least first. */
const weight = new Map<EntryState, number>(
  entryStates.map((state, index) => [state, entryStates.length - index]),
);

/** The tree of entries, which stand in the order of `comparePaths`. */
export function treeOf(entries: readonly ShippedEntry[]): readonly TreeNode[] {
  const nodes: Growing[] = [];
  const open: Growing[] = [];
  const close = (depth: number): void => {
    while (open.length > depth) {
      const node = open.pop();
      if (node === undefined) break;
      node.end = nodes.length;
      const parent = open.at(-1);
      if (parent === undefined) continue;
      parent.below += node.below + (node.entry === undefined ? 0 : 1);
      parent.bytes += node.bytes;
      parent.worst = worse(parent.worst, node.worst);
    }
  };
  const add = (path: string, depth: number, entry: ShippedEntry | undefined): void => {
    const node: Growing = {
      path,
      name: path.slice(path.lastIndexOf("/") + 1),
      depth,
      entry,
      ...{
        end: 0,
        below: 0,
        bytes: entry === undefined ? 0 : fileBytes(entry),
        worst: entry?.state ?? "failed",
      },
    };
    nodes.push(node);
    open.push(node);
  };
  for (const entry of entries) {
    const { path } = entry;
    close(sharedDepth(open, path));
    // Directories that nobody delivers.
    for (let at = path.indexOf("/", partEnd(open)); at !== -1; at = path.indexOf("/", at + 1)) {
      add(path.slice(0, at), open.length, undefined);
    }
    add(path, open.length, entry);
  }
  close(0);
  return nodes;
}

/** How many of the open nodes are above a path. */
function sharedDepth(open: readonly Growing[], path: string): number {
  let depth = open.length;
  for (; depth > 0; depth--) {
    const above = open[depth - 1]?.path ?? "";
    if (path.length > above.length && path[above.length] === "/" && path.startsWith(above)) break;
  }
  return depth;
}

/** Where in a path the part below the innermost open node begins. */
function partEnd(open: readonly Growing[]): number {
  const above = open.at(-1)?.path;
  return above === undefined ? 0 : above.length + 1;
}

function worse(one: EntryState, other: EntryState): EntryState {
  return (weight.get(one) ?? 0) >= (weight.get(other) ?? 0) ? one : other;
}

/** Indexes of the nodes that are on screen when only the named directories are open. */
export function openRows(nodes: readonly TreeNode[], open: ReadonlySet<string>): number[] {
  const rows: number[] = [];
  for (let at = 0; at < nodes.length;) {
    const node = nodes[at];
    if (node === undefined) break;
    rows.push(at);
    at = node.end > at + 1 && !open.has(node.path) ? node.end : at + 1;
  }
  return rows;
}

/** Index of a path; of the nearest one before it where it is not there. -1: of an empty tree. */
export function indexOfPath(nodes: readonly TreeNode[], path: string): number {
  let low = 0;
  let high = nodes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = comparePaths(nodes[middle]?.path ?? "", path);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle;
  }
  return Math.max(nodes.length === 0 ? -1 : 0, low - 1);
}

/** The directories above a path, outermost first. */
export function foldersAbove(path: string): string[] {
  const parts = path.split("/");
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join("/"));
}
