// Invariant: every offset, width and constant of UFS on x86 stands here; no other file has one.
// Source: the layout that illumos publishes in its headers sys/fs/ufs_fs.h, ufs_inode.h and
// ufs_fsdir.h for little-endian machines, checked against file systems that its mkfs makes.
import { Structure } from "../bytes-struct.ts";

export const sectorBytes = 512;
export const fragmentBytes = 1024;
export const blockBytes = 4096;
export const blockFragments = blockBytes / fragmentBytes;
export const superBlockBytes = 8192;

/** Fragment offsets inside every cylinder group; data begins where the inodes end. */
export const groupMap = { superBlock: 16, groupBlock: 24, inodes: 28 } as const;

/** Where the first super block is, in bytes; each group has a copy. */
export const primarySuperBlock = 8192;

export const inodeBytes = 128;
export const inodesPerFragment = fragmentBytes / inodeBytes;
export const inodesPerBlock = blockBytes / inodeBytes;

export const rootInode = 2;
export const lostFoundInode = 3;
export const firstInode = 4;

export const directBlocks = 12;
/** Addresses in an indirect block. */
export const indirectAddresses = blockBytes / 4;

/** Directory records never cross a chunk. */
export const directoryChunk = 512;

export const longestName = 255;
export const longestTarget = 1023;
export const mostLinks = 32767;
export const largestId = 0x7fffffff;
export const latestTime = 0x7fffffff;
/** Larger files need a flag in the super block, and no tool of illumos was tried on them. */
export const largestFile = 0x7fffffff;

export const superBlockMagic = 0x00011954;
export const groupMagic = 0x00090255;
/** fs_state + fs_time of a file system that was left in order. */
export const orderlyState = 0x7c269d38;

export const modeTypes = {
  fifo: 0o010000,
  character: 0o020000,
  directory: 0o040000,
  block: 0o060000,
  file: 0o100000,
  symlink: 0o120000,
} as const;
export const modeTypeMask = 0o170000;
export const permissionMask = 0o7777;

/** Addresses and sizes are in fragments, times in seconds, unless their name says otherwise. */
export const superBlock = new Structure(superBlockBytes, "little-endian", {
  superBlockOffset: [8, "i32"],
  groupBlockOffset: [12, "i32"],
  inodesOffset: [16, "i32"],
  dataOffset: [20, "i32"],
  groupSkew: [24, "i32"],
  groupSkewMask: [28, "i32"],
  time: [32, "i32"],
  fragments: [36, "i32"],
  dataFragments: [40, "i32"],
  groups: [44, "i32"],
  blockBytes: [48, "i32"],
  fragmentBytes: [52, "i32"],
  blockFragments: [56, "i32"],
  reservedPercent: [60, "i32"],
  rotationDelay: [64, "i32"],
  rotationsPerSecond: [68, "i32"],
  blockMask: [72, "i32"],
  fragmentMask: [76, "i32"],
  blockShift: [80, "i32"],
  fragmentShift: [84, "i32"],
  mostContiguous: [88, "i32"],
  mostBlocksPerGroup: [92, "i32"],
  blockToFragmentShift: [96, "i32"],
  fragmentToSectorShift: [100, "i32"],
  superBlockSize: [104, "i32"],
  summaryMask: [108, "i32"],
  summaryShift: [112, "i32"],
  indirectAddresses: [116, "i32"],
  inodesPerBlock: [120, "i32"],
  sectorsPerFragment: [124, "i32"],
  optimization: [128, "i32"],
  state: [132, "i32"],
  summaryInfo: [136, "i32"],
  summaryAddress: [152, "i32"],
  summaryBytes: [156, "i32"],
  groupBytes: [160, "i32"],
  tracks: [164, "i32"],
  sectorsPerTrack: [168, "i32"],
  sectorsPerCylinder: [172, "i32"],
  cylinders: [176, "i32"],
  cylindersPerGroup: [180, "i32"],
  inodesPerGroup: [184, "i32"],
  fragmentsPerGroup: [188, "i32"],
  /** Directories, free blocks, free inodes, free fragments. */
  totals: [192, "i32", 4],
  clean: [209, "u8"],
  flags: [211, "u8"],
  version: [1320, "i32"],
  logBlock: [1324, "i32"],
  physicalSectorsPerTrack: [1336, "i32"],
  blockOffsetMask: [1340, "u64"],
  fragmentOffsetMask: [1348, "u64"],
  positionFormat: [1356, "i32"],
  positions: [1360, "i32"],
  magic: [1372, "i32"],
});

/** One record a group in the summary area; the same four numbers stand in the group itself. */
export const summaryRecord = new Structure(16, "little-endian", {
  directories: [0, "i32"],
  freeBlocks: [4, "i32"],
  freeInodes: [8, "i32"],
  freeFragments: [12, "i32"],
});

export const groupBlock = new Structure(168, "little-endian", {
  magic: [4, "i32"],
  time: [8, "i32"],
  index: [12, "i32"],
  cylinders: [16, "i16"],
  inodes: [18, "i16"],
  fragments: [20, "i32"],
  totals: [24, "i32", 4],
  /** Runs of exactly n free fragments in partly used blocks. */
  freeRuns: [52, "i32", 8],
  cylinderTotalsOffset: [84, "i32"],
  positionsOffset: [88, "i32"],
  inodeMapOffset: [92, "i32"],
  freeMapOffset: [96, "i32"],
  endOffset: [100, "i32"],
});

export const inodeRecord = new Structure(inodeBytes, "little-endian", {
  mode: [0, "u16"],
  links: [2, "i16"],
  shortUid: [4, "u16"],
  shortGid: [6, "u16"],
  size: [8, "u64"],
  accessed: [16, "i32"],
  modified: [24, "i32"],
  changed: [32, "i32"],
  direct: [40, "i32", directBlocks],
  indirect: [88, "i32", 3],
  sectors: [104, "i32"],
  generation: [108, "i32"],
  uid: [116, "i32"],
  gid: [120, "i32"],
});

/** A directory record; the name follows, zero-terminated. */
export const directoryRecord = new Structure(8, "little-endian", {
  inode: [0, "u32"],
  recordBytes: [4, "u16"],
  nameBytes: [6, "u16"],
});

/** `value` rounded up to a multiple of `unit`. */
export function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
