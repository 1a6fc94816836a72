// Invariant: the super block is a function of geometry, totals and time alone.
import type { UfsGeometry } from "./geometry.ts";
import {
  blockBytes,
  blockFragments,
  fragmentBytes,
  groupMap,
  indirectAddresses,
  inodesPerBlock,
  orderlyState,
  sectorBytes,
  superBlock,
  superBlockBytes,
  superBlockMagic,
} from "./layout.ts";

/** What is counted in a group, and summed up over all of them. */
export interface Totals {
  readonly directories: number;
  /** Whole free blocks. */
  readonly freeBlocks: number;
  readonly freeInodes: number;
  /** Free fragments in partly used blocks. */
  readonly freeFragments: number;
}

/** The order in which group and super block hold totals. */
export function totalsInOrder(totals: Totals): readonly number[] {
  return [totals.directories, totals.freeBlocks, totals.freeInodes, totals.freeFragments];
}

/** The super block as `newfs -o space -m 0` makes it; `time`: seconds since 1970. */
export function encodeSuperBlock(geometry: UfsGeometry, totals: Totals, time: number): Buffer {
  const bytes = Buffer.alloc(superBlockBytes);
  superBlock.write(
    {
      superBlockOffset: groupMap.superBlock,
      groupBlockOffset: groupMap.groupBlock,
      inodesOffset: groupMap.inodes,
      dataOffset: geometry.dataOffset,
      groupSkew: geometry.groupSkew,
      groupSkewMask: -1,
      time,
      fragments: geometry.fragments,
      dataFragments: geometry.dataFragments,
      groups: geometry.groups,
      blockBytes,
      fragmentBytes,
      blockFragments,
      reservedPercent: 0,
      rotationDelay: 0,
      rotationsPerSecond: 120,
      blockMask: -blockBytes,
      fragmentMask: -fragmentBytes,
      blockShift: Math.log2(blockBytes),
      fragmentShift: Math.log2(fragmentBytes),
      mostContiguous: 2,
      mostBlocksPerGroup: blockBytes / 4,
      blockToFragmentShift: Math.log2(blockFragments),
      fragmentToSectorShift: Math.log2(fragmentBytes / sectorBytes),
      superBlockSize: 2048,
      summaryMask: -256,
      summaryShift: 8,
      indirectAddresses,
      inodesPerBlock,
      sectorsPerFragment: fragmentBytes / sectorBytes,
      // 1: for space.
      optimization: 1,
      state: (orderlyState - time) | 0,
      summaryInfo: 0,
      summaryAddress: geometry.summaryAddress,
      summaryBytes: geometry.summaryBytes,
      groupBytes: geometry.groupBytes,
      tracks: 1,
      sectorsPerTrack: geometry.sectorsPerCylinder,
      sectorsPerCylinder: geometry.sectorsPerCylinder,
      cylinders: geometry.cylinders,
      cylindersPerGroup: geometry.cylindersPerGroup,
      inodesPerGroup: geometry.inodesPerGroup,
      fragmentsPerGroup: geometry.fragmentsPerGroup,
      totals: totalsInOrder(totals),
      clean: 1,
      flags: 0,
      version: 0,
      logBlock: 0,
      physicalSectorsPerTrack: geometry.sectorsPerCylinder,
      blockOffsetMask: blockBytes - 1,
      fragmentOffsetMask: fragmentBytes - 1,
      positionFormat: 1,
      positions: geometry.positions,
      magic: superBlockMagic,
    },
    bytes,
  );
  return bytes;
}
