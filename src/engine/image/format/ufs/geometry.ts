// Invariant: a geometry is the one that `newfs -o space -m 0 -i DENSITY -b 4096` gives a file of
// that size behind a lofi device; what could not be checked against it is refused.
import type { Result } from "../../../result.ts";
import { fail, ok } from "../../../result.ts";
import {
  blockBytes,
  fragmentBytes,
  groupMap,
  inodeBytes,
  inodesPerBlock,
  inodesPerFragment,
  roundUp,
  sectorBytes,
} from "./layout.ts";

/** The sizes and densities that were compared with illumos' own mkfs. */
export const ufsLimits = {
  ...{ leastKib: 512, mostKib: 3_900_000, leastDensity: 512, mostDensity: 200_000 },
} as const;

/** Shape of an empty file system. Sizes and addresses in fragments of 1 KiB unless named. */
export interface UfsGeometry {
  /** Size of the image file; the file system may end earlier. */
  readonly kib: number;
  /** Bytes of space for each inode, as newfs -i takes them. */
  readonly density: number;
  /** Also sectors per track: the device has one track in a cylinder. */
  readonly sectorsPerCylinder: number;
  readonly cylinders: number;
  readonly cylindersPerGroup: number;
  readonly groups: number;
  readonly inodesPerGroup: number;
  readonly fragmentsPerGroup: number;
  /** The whole file system. */
  readonly fragments: number;
  /** What is left for contents. */
  readonly dataFragments: number;
  /** First data fragment of each group, counted from the group's start. */
  readonly dataOffset: number;
  readonly summaryAddress: number;
  readonly summaryBytes: number;
  /** Bytes of a group block that are in use, in whole fragments. */
  readonly groupBytes: number;
  /** Stored, without effect when a cylinder has one track. */
  readonly groupSkew: number;
  /** Rotational positions that free blocks are counted by. */
  readonly positions: number;
}

const groupHeaderBytes = 172;
const mostCylindersPerGroup = 16;
const mostInodesPerGroup = roundUp((blockBytes * 8) / 3, inodesPerBlock);
const summaryRecordBytes = 16;

/** What the lofi driver tells newfs of a file: sectors per cylinder, and sectors in all. */
function deviceShape(kib: number): { sectorsPerCylinder: number; sectors: number } {
  const bytes = kib * 1024;
  const cylinderBytes = bytes < 2 * 1024 * 1024 ? 100 * 1024 : 300 * 1024;
  const cylinders = Math.max(1, Math.floor(bytes / cylinderBytes));
  const sectorsPerCylinder = Math.floor(bytes / (cylinders * sectorBytes));
  return { sectorsPerCylinder, sectors: cylinders * sectorsPerCylinder };
}

/** The number of cylinders after which blocks start at the same sector again. */
function cylinderCycle(sectorsPerCylinder: number): number {
  let cycle = blockBytes / sectorBytes;
  for (let rest = sectorsPerCylinder; cycle > 1 && rest % 2 === 0; rest /= 2) cycle /= 2;
  return cycle;
}

interface GroupShape {
  readonly cylindersPerGroup: number;
  readonly inodesPerGroup: number;
  readonly groupBlockBytes: number;
}

/** Cylinders and inodes of a group; undefined when no group fits its own block. */
function groupShape(sectorsPerCylinder: number, density: number): GroupShape | undefined {
  const positions = Math.min(8, sectorsPerCylinder);
  const cycle = cylinderCycle(sectorsPerCylinder);
  const cylinderBytes = sectorsPerCylinder * sectorBytes;
  const inodesInCylinder = Math.min(
    roundUp(Math.floor(cylinderBytes / inodeBytes), inodesPerBlock),
    mostInodesPerGroup,
  );
  const usedFragments = groupMap.inodes + inodesInCylinder / inodesPerFragment;
  const usedBytes = usedFragments * fragmentBytes;
  const leastCylinders = roundUp(Math.ceil(usedBytes / cylinderBytes), cycle);
  const inodesFor = (cylinders: number): number =>
    roundUp(Math.floor((cylinders * cylinderBytes - usedBytes) / density), inodesPerBlock);
  const blockBytesFor = (cylinders: number, inodes: number): number =>
    groupHeaderBytes +
    4 * cylinders +
    2 * cylinders * positions +
    Math.ceil(inodes / 8) +
    Math.ceil(Math.floor((cylinders * sectorsPerCylinder) / 2) / 8);
  if (blockBytesFor(leastCylinders, inodesInCylinder) > blockBytes) return undefined;
  if (inodesFor(leastCylinders) > mostInodesPerGroup) return undefined;
  let cylindersPerGroup = roundUp(mostCylindersPerGroup, cycle);
  while (inodesFor(cylindersPerGroup) > mostInodesPerGroup) cylindersPerGroup -= cycle;
  while (blockBytesFor(cylindersPerGroup, inodesFor(cylindersPerGroup)) > blockBytes) {
    cylindersPerGroup -= cycle;
  }
  if (cylindersPerGroup < leastCylinders) return undefined;
  if ((cylindersPerGroup * sectorsPerCylinder) % 8 !== 0) return undefined;
  const inodesPerGroup = inodesFor(cylindersPerGroup);
  const groupBlockBytes = blockBytesFor(cylindersPerGroup, inodesPerGroup);
  return { cylindersPerGroup, inodesPerGroup, groupBlockBytes };
}

function refuse(kib: number, density: number) {
  return fail(
    "bad-input",
    `no UFS file system can be laid out in ${kib} KiB with an inode for every ${density} bytes`,
    "Give the image a larger size or another inode density.",
  );
}

/**
 * The geometry of an image file of `kib` KiB with an inode for every `density` bytes, block 4096,
 * fragment 1024. Fails for what ufsLimits excludes. The arithmetic is that of illumos' mkfs for a
 * device with one track in a cylinder, in words of our own; also from 1 GiB on groups have 16
 * cylinders (there newfs asks for more, which mkfs takes just as well).
 */
export function ufsGeometry(kib: number, density: number): Result<UfsGeometry> {
  const { leastKib, mostKib, leastDensity, mostDensity } = ufsLimits;
  if (!Number.isInteger(kib) || kib < leastKib || kib > mostKib) {
    return fail(
      "bad-input",
      `a UFS image cannot have ${kib} KiB`,
      `Give it ${leastKib} to ${mostKib} KiB.`,
    );
  }
  if (!Number.isInteger(density) || density < leastDensity || density > mostDensity) {
    return fail(
      "bad-input",
      `a UFS image cannot have an inode for every ${density} bytes`,
      `Give it a density of ${leastDensity} to ${mostDensity}.`,
    );
  }
  const { sectorsPerCylinder, sectors } = deviceShape(kib);
  const shape = groupShape(sectorsPerCylinder, density);
  if (shape === undefined) return refuse(kib, density);
  const { cylindersPerGroup, inodesPerGroup } = shape;
  const fragmentsPerGroup = (cylindersPerGroup * sectorsPerCylinder) / 2;
  const dataOffset = groupMap.inodes + inodesPerGroup / inodesPerFragment;
  if (dataOffset >= fragmentsPerGroup) return refuse(kib, density);
  let fragments = Math.floor(sectors / 2);
  let cylinders = Math.ceil((fragments * 2) / sectorsPerCylinder);
  let groups = Math.ceil(cylinders / cylindersPerGroup);
  if (dataOffset > fragments - (groups - 1) * fragmentsPerGroup) {
    // The last group would have no room for its own inodes: the space is left unused.
    if (groups === 1) return refuse(kib, density);
    groups--;
    cylinders = groups * cylindersPerGroup;
    fragments = Math.floor((cylinders * sectorsPerCylinder) / 2);
  }
  const summaryBytes = roundUp(groups * summaryRecordBytes, fragmentBytes);
  const metadata =
    groups * dataOffset - (groups - 1) * groupMap.superBlock + summaryBytes / fragmentBytes;
  return ok({
    ...{ kib, density, sectorsPerCylinder, cylinders, cylindersPerGroup, groups },
    ...{ inodesPerGroup, fragmentsPerGroup, fragments, dataOffset, summaryBytes },
    dataFragments: fragments - metadata,
    summaryAddress: dataOffset,
    groupBytes: roundUp(shape.groupBlockBytes, fragmentBytes),
    groupSkew: roundUp(Math.ceil(sectorsPerCylinder / 2), blockBytes / fragmentBytes),
    positions: Math.min(8, sectorsPerCylinder),
  });
}
