// Invariant: the places of contents are numbered without gaps, so that neighbours in number are
// neighbours in the image except where a group's own blocks stand between them.
import type { UfsGeometry } from "./geometry.ts";
import { blockFragments, fragmentBytes, groupMap, roundUp } from "./layout.ts";

/** A few free fragments that are no whole block. */
export interface Hole {
  /** Address in fragments. */
  readonly address: number;
  readonly count: number;
}

/** First fragment of a group. */
export function groupStart(geometry: UfsGeometry, group: number): number {
  return group * geometry.fragmentsPerGroup;
}

/** Fragments of a group; the last one may be short. */
export function groupFragments(geometry: UfsGeometry, group: number): number {
  const { fragmentsPerGroup, fragments } = geometry;
  return Math.min(fragmentsPerGroup, fragments - groupStart(geometry, group));
}

/** First fragment after the summary area. */
function afterSummary(geometry: UfsGeometry): number {
  return geometry.summaryAddress + geometry.summaryBytes / fragmentBytes;
}

/** Blocks before the group's own blocks; the first group begins with the boot block instead. */
const blocksAhead = groupMap.superBlock / blockFragments;

/** Whole blocks for contents in the first `groups` groups, were they all complete. */
function blocksOfComplete(geometry: UfsGeometry, groups: number): number {
  if (groups === 0) return 0;
  const { fragmentsPerGroup, dataOffset } = geometry;
  const first = (fragmentsPerGroup - roundUp(afterSummary(geometry), blockFragments)) / 4;
  const other = blocksAhead + (fragmentsPerGroup - dataOffset) / blockFragments;
  return first + (groups - 1) * other;
}

/** Whole blocks for contents in the file system. */
export function contentBlocks(geometry: UfsGeometry): number {
  const last = geometry.groups - 1;
  const missing = geometry.fragmentsPerGroup - groupFragments(geometry, last);
  return blocksOfComplete(geometry, geometry.groups) - Math.ceil(missing / blockFragments);
}

/**
 * Address (in fragments) of content block `number`, counted from 0. Numbers beyond contentBlocks
 * give addresses as if more groups followed.
 */
export function blockAddress(geometry: UfsGeometry, number: number): number {
  const inFirst = blocksOfComplete(geometry, 1);
  if (number < inFirst) {
    return roundUp(afterSummary(geometry), blockFragments) + number * blockFragments;
  }
  const inOther = blocksOfComplete(geometry, 2) - inFirst;
  const group = 1 + Math.floor((number - inFirst) / inOther);
  const inGroup = (number - inFirst) % inOther;
  const offset =
    inGroup < blocksAhead
      ? inGroup * blockFragments
      : geometry.dataOffset + (inGroup - blocksAhead) * blockFragments;
  return groupStart(geometry, group) + offset;
}

/** The free fragments that belong to no content block: after the summary, and at the very end. */
export function contentHoles(geometry: UfsGeometry): Hole[] {
  const start = afterSummary(geometry);
  const end = geometry.fragments - (geometry.fragments % blockFragments);
  const holes: Hole[] = [
    { address: start, count: roundUp(start, blockFragments) - start },
    { address: end, count: geometry.fragments - end },
  ];
  return holes.filter((hole) => hole.count > 0);
}
