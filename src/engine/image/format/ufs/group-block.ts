// Invariant: a group's counts are counted from the map that is written beside them.
import type { UfsGeometry } from "./geometry.ts";
import { groupFragments, groupStart } from "./groups.ts";
import { blockBytes, blockFragments, groupBlock, groupMagic } from "./layout.ts";
import type { Totals } from "./super-block.ts";
import { totalsInOrder } from "./super-block.ts";

/** What a group's block is made of. */
export interface GroupFacts {
  readonly group: number;
  /** Inodes in use are the first ones of the group. */
  readonly usedInodes: number;
  readonly directories: number;
  /** Seconds since 1970. */
  readonly time: number;
}

function setBit(bytes: Uint8Array, offset: number, bit: number): void {
  const at = offset + (bit >> 3);
  bytes[at] = (bytes[at] ?? 0) | (1 << (bit & 7));
}

interface FreeSpace {
  freeBlocks: number;
  freeFragments: number;
  /** By length. */
  readonly freeRuns: number[];
}

/** Counts the free runs of one partly used block. */
function countRuns(space: FreeSpace, isFree: (offset: number) => boolean): void {
  let run = 0;
  for (let offset = 0; offset <= blockFragments; offset++) {
    if (offset < blockFragments && isFree(offset)) {
      run++;
      continue;
    }
    if (run > 0) space.freeRuns[run] = (space.freeRuns[run] ?? 0) + 1;
    space.freeFragments += run;
    run = 0;
  }
}

/** The block of a group: header, free blocks by cylinder and position, both maps. */
export function encodeGroup(
  geometry: UfsGeometry,
  facts: GroupFacts,
  used: Uint8Array,
): { readonly bytes: Buffer; readonly totals: Totals } {
  const { cylindersPerGroup, positions, inodesPerGroup, fragmentsPerGroup } = geometry;
  const { group, usedInodes, directories, time } = facts;
  const bytes = Buffer.alloc(blockBytes);
  const cylinderTotalsOffset = groupBlock.bytes;
  const positionsOffset = cylinderTotalsOffset + 4 * cylindersPerGroup;
  const inodeMapOffset = positionsOffset + 2 * cylindersPerGroup * positions;
  const freeMapOffset = inodeMapOffset + Math.ceil(inodesPerGroup / 8);
  const start = groupStart(geometry, group);
  const fragments = groupFragments(geometry, group);
  const isFree = (fragment: number): boolean =>
    fragment < fragments && used[start + fragment] === 0;
  const space: FreeSpace = {
    freeBlocks: 0,
    freeFragments: 0,
    freeRuns: new Array<number>(8).fill(0),
  };
  const add = (offset: number, width: 2 | 4): void => {
    if (width === 4) bytes.writeInt32LE(bytes.readInt32LE(offset) + 1, offset);
    else bytes.writeInt16LE(bytes.readInt16LE(offset) + 1, offset);
  };
  for (let block = 0; block < fragments; block += blockFragments) {
    let free = 0;
    for (let offset = 0; offset < blockFragments; offset++) {
      if (!isFree(block + offset)) continue;
      setBit(bytes, freeMapOffset, block + offset);
      free++;
    }
    if (free < blockFragments) {
      if (free > 0) countRuns(space, (offset) => isFree(block + offset));
      continue;
    }
    space.freeBlocks++;
    const sector = block * 2;
    const cylinder = Math.floor(sector / geometry.sectorsPerCylinder);
    const inTrack = sector % geometry.sectorsPerCylinder;
    const position = Math.floor((inTrack * positions) / geometry.sectorsPerCylinder);
    add(cylinderTotalsOffset + 4 * cylinder, 4);
    add(positionsOffset + 2 * (cylinder * positions + position), 2);
  }
  for (let inode = 0; inode < usedInodes; inode++) setBit(bytes, inodeMapOffset, inode);
  const { freeBlocks, freeFragments, freeRuns } = space;
  const totals = {
    ...{ directories, freeBlocks, freeFragments },
    freeInodes: inodesPerGroup - usedInodes,
  };
  const cylinders = Math.min(cylindersPerGroup, geometry.cylinders - cylindersPerGroup * group);
  groupBlock.write(
    {
      ...{ magic: groupMagic, time, index: group, cylinders, inodes: inodesPerGroup, fragments },
      ...{ totals: totalsInOrder(totals), freeRuns },
      ...{ cylinderTotalsOffset, positionsOffset, inodeMapOffset, freeMapOffset },
      endOffset: freeMapOffset + Math.ceil(fragmentsPerGroup / 8),
    },
    bytes,
  );
  return { bytes, totals };
}
