// Invariant: the forecast is the layout: every address that the writer uses was given out here, by
// an arithmetic that does not change when the space runs out.
import type { Failure } from "../../../result.ts";
import type { UfsEntry, UfsProblem } from "./entry.ts";
import { contentShape } from "./file-blocks.ts";
import type { UfsGeometry } from "./geometry.ts";
import { ufsGeometry, ufsLimits } from "./geometry.ts";
import { blockAddress, contentBlocks, contentHoles } from "./groups.ts";
import { blockBytes, fragmentBytes } from "./layout.ts";
import type { PieceCounts } from "./space.ts";
import { Space } from "./space.ts";
import type { UfsNode, UfsTree } from "./tree.ts";
import { buildTree } from "./tree.ts";

/** Where a node's content is. */
export interface ContentPlace {
  /** Number of its first content block; the others follow, blocks of addresses among them. */
  readonly firstBlock: number;
  /** Blocks of content, without those of addresses. */
  readonly dataBlocks: number;
  readonly indirectBlocks: number;
  /** Address in fragments, and how many; 0 fragments when the content ends with a block. */
  readonly tailAddress: number;
  readonly tail: number;
}

/** Amounts of what can run out. */
export interface UfsAmounts {
  /** Those with the numbers 0 and 1, the root and lost+found included. */
  readonly inodes: number;
  /** Whole blocks of 4 KiB, also those that are shared by ends of files. */
  readonly blocks: number;
  /** Fragments of 1 KiB that contents and blocks of addresses take. */
  readonly fragments: number;
}

/** A tree laid out in a file system. */
export interface UfsPlan {
  readonly geometry: UfsGeometry;
  readonly tree: UfsTree;
  /** By index in tree.nodes. */
  readonly places: readonly ContentPlace[];
  readonly needs: UfsAmounts;
  readonly has: UfsAmounts;
  /** Entries that cannot stand in any image; `needs` is without them. */
  readonly problems: readonly UfsProblem[];
  /** Everything needed is there; problems aside. */
  readonly fits: boolean;
}

function countPieces(nodes: readonly UfsNode[]): PieceCounts {
  const counts: PieceCounts = { 1: 0, 2: 0, 3: 0 };
  for (const { size } of nodes) {
    const { tail } = contentShape(size);
    if (tail === 1 || tail === 2 || tail === 3) counts[tail]++;
  }
  return counts;
}

function placeContent(space: Space, size: number): ContentPlace {
  const { dataBlocks, indirectBlocks, tail } = contentShape(size);
  const firstBlock = space.takeBlocks(dataBlocks + indirectBlocks);
  const tailAddress = tail === 1 || tail === 2 || tail === 3 ? space.takePiece(tail) : 0;
  return { firstBlock, dataBlocks, indirectBlocks, tailAddress, tail };
}

/**
 * Lays out entries in a file system of the given geometry. Pure: nothing is read or written, and
 * equal entries give an equal plan in whatever order they come. When the space does not suffice
 * the plan still says exactly what would (`needs` against `has`).
 */
export function planUfs(geometry: UfsGeometry, entries: Iterable<UfsEntry>): UfsPlan {
  return planTree(geometry, buildTree(entries));
}

/** planUfs for a tree that is already built: to try another geometry. */
export function planTree(geometry: UfsGeometry, tree: UfsTree): UfsPlan {
  const { nodes } = tree;
  const space = new Space((number) => blockAddress(geometry, number), countPieces(nodes));
  const [root, lostFound, ...others] = nodes;
  if (root === undefined || lostFound === undefined) throw new Error("a tree without its root");
  // As mkfs does: lost+found gets the first block, and the root a fresh one.
  const lostFoundPlace = placeContent(space, lostFound.size);
  const places = [placeContent(space, root.size), lostFoundPlace];
  for (const hole of contentHoles(geometry)) space.addHole(hole);
  for (const node of others) places.push(placeContent(space, node.size));
  let fragments = 0;
  for (const { dataBlocks, indirectBlocks, tail } of places) {
    fragments += ((dataBlocks + indirectBlocks) * blockBytes) / fragmentBytes + tail;
  }
  const needs = { inodes: nodes.length + 2, blocks: space.blocks, fragments };
  const has = {
    inodes: geometry.inodesPerGroup * geometry.groups,
    blocks: contentBlocks(geometry),
    fragments: geometry.dataFragments,
  };
  const fits = needs.inodes <= has.inodes && needs.blocks <= has.blocks;
  return { geometry, tree, places, needs, has, problems: tree.problems, fits };
}

/** Sizes of images are round numbers. */
const stepKib = 1000;

/**
 * The least multiple of 1000 KiB, from the plan's own size on, in which its tree fits with the same
 * inode density; undefined when the largest image is too small.
 */
export function leastKib(plan: UfsPlan): number | undefined {
  const { geometry, needs, tree } = plan;
  const atLeast = Math.max(geometry.kib, needs.blocks * 4);
  for (let kib = Math.ceil(atLeast / stepKib) * stepKib; kib <= ufsLimits.mostKib; kib += stepKib) {
    const larger = ufsGeometry(kib, geometry.density);
    if (!larger.ok) continue;
    // Another geometry changes the need by a block at most; laying out for each size would be slow.
    const { inodesPerGroup, groups } = larger.value;
    if (inodesPerGroup * groups < needs.inodes) continue;
    if (contentBlocks(larger.value) + 1 < needs.blocks) continue;
    if (planTree(larger.value, tree).fits) return kib;
  }
  return undefined;
}

/** What to do about a tree that does not fit. */
function adviceFor(plan: UfsPlan): string {
  const { needs, has, geometry } = plan;
  const kib = leastKib(plan);
  const size =
    kib === undefined
      ? "No image is large enough: leave something out."
      : `Give the image ${kib} KiB.`;
  if (needs.blocks > has.blocks) return size;
  return `Give it a lower inode density (it has an inode for every ${geometry.density} bytes). Or: ${size}`;
}

/**
 * Why a plan cannot be written: entries that cannot stand in any image, or by how much the space
 * does not suffice; undefined when it can.
 */
export function planFailure(plan: UfsPlan): Failure | undefined {
  const { needs, has, problems, geometry } = plan;
  const [first, ...others] = problems;
  if (first !== undefined) {
    const more = others.length === 0 ? "" : ` (and ${others.length} more such entries)`;
    return { kind: "bad-input", message: `${first.path} ${first.text}${more}` };
  }
  if (plan.fits) return undefined;
  const lacks: string[] = [];
  if (needs.blocks > has.blocks) {
    const kib = (needs.blocks - has.blocks) * 4;
    lacks.push(`${kib} KiB more (${needs.blocks} blocks of 4 KiB; it has ${has.blocks})`);
  }
  if (needs.inodes > has.inodes) {
    const inodes = needs.inodes - has.inodes;
    lacks.push(`${inodes} more inodes (${needs.inodes}; it has ${has.inodes})`);
  }
  return {
    kind: "bad-input",
    message: `the tree does not fit in ${geometry.kib} KiB: it needs ${lacks.join(" and ")}`,
    advice: adviceFor(plan),
  };
}
