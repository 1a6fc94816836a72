// Invariant: totals of the super block, the summary area and the groups are the same numbers, and
// they add up to the file system's size; anything else is a bug that stops the writer.
import type { ByteSink } from "../bytes-io.ts";
import { generations } from "./generations.ts";
import { encodeGroup } from "./group-block.ts";
import type { UfsGeometry } from "./geometry.ts";
import { groupStart } from "./groups.ts";
import { writeInode } from "./inode.ts";
import {
  blockFragments,
  directoryChunk,
  directoryRecord,
  fragmentBytes,
  groupMap,
  inodeBytes,
  inodeRecord,
  primarySuperBlock,
  rootInode,
  summaryRecord,
} from "./layout.ts";
import type { UfsPlan } from "./plan.ts";
import type { Totals } from "./super-block.ts";
import { encodeSuperBlock } from "./super-block.ts";
import { usedFragments } from "./usage.ts";

interface EncodedGroup {
  readonly bytes: Buffer;
  readonly totals: Totals;
}

function encodeGroups(plan: UfsPlan, used: Uint8Array, time: number): EncodedGroup[] {
  const { geometry, tree } = plan;
  const { inodesPerGroup } = geometry;
  const directories = new Array<number>(geometry.groups).fill(0);
  for (const { inode, content } of tree.nodes) {
    if (content.kind !== "directory") continue;
    const group = Math.floor(inode / inodesPerGroup);
    directories[group] = (directories[group] ?? 0) + 1;
  }
  return directories.map((count, group) => {
    const inUse = rootInode + tree.nodes.length - group * inodesPerGroup;
    const usedInodes = Math.min(inodesPerGroup, Math.max(0, inUse));
    return encodeGroup(geometry, { group, usedInodes, directories: count, time }, used);
  });
}

function sumTotals(groups: readonly EncodedGroup[]): Totals {
  const sum = { directories: 0, freeBlocks: 0, freeInodes: 0, freeFragments: 0 };
  for (const { totals } of groups) {
    sum.directories += totals.directories;
    sum.freeBlocks += totals.freeBlocks;
    sum.freeInodes += totals.freeInodes;
    sum.freeFragments += totals.freeFragments;
  }
  return sum;
}

function checkTotals(plan: UfsPlan, totals: Totals): void {
  const { needs, has, geometry } = plan;
  const free = totals.freeBlocks * blockFragments + totals.freeFragments;
  if (needs.fragments + free !== geometry.dataFragments) {
    throw new Error(
      `${needs.fragments} used and ${free} free fragments are not ${geometry.dataFragments}`,
    );
  }
  if (needs.inodes + totals.freeInodes !== has.inodes) {
    throw new Error(`${needs.inodes} used and ${totals.freeInodes} free inodes: ${has.inodes}`);
  }
}

/** Checks that every inode has as many names as it says. */
function checkLinks(plan: UfsPlan): void {
  const names = new Int32Array(rootInode + plan.tree.nodes.length);
  const count = (inode: number): void => {
    names[inode] = (names[inode] ?? 0) + 1;
  };
  for (const { inode, content } of plan.tree.nodes) {
    if (content.kind !== "directory") continue;
    count(inode);
    count(content.parent.inode);
    for (const { node } of content.names) count(node.inode);
  }
  for (const { inode, links, path } of plan.tree.nodes) {
    // The root has no name in a directory, but is its own parent.
    if (names[inode] !== links)
      throw new Error(`${path} has ${names[inode] ?? 0} of ${links} names`);
  }
}

function encodeSummary(geometry: UfsGeometry, groups: readonly EncodedGroup[]): Buffer {
  const bytes = Buffer.alloc(geometry.summaryBytes);
  groups.forEach(({ totals }, index) => {
    summaryRecord.write({ ...totals }, bytes, index * summaryRecord.bytes);
  });
  return bytes;
}

/** The inode table of a group; free inodes have a generation and nothing else. */
function encodeInodes(
  plan: UfsPlan,
  group: number,
  numbers: Int32Array,
  time: number,
  bytes: Uint8Array,
): void {
  const { geometry, tree, places } = plan;
  for (let index = 0; index < geometry.inodesPerGroup; index++) {
    const inode = group * geometry.inodesPerGroup + index;
    const generation = numbers[inode] ?? 1;
    const node = tree.nodes[inode - rootInode];
    const place = places[inode - rootInode];
    const offset = index * inodeBytes;
    if (node === undefined || place === undefined) {
      const free = { ...emptyInode, generation };
      inodeRecord.write(free, bytes, offset);
    } else {
      writeInode(geometry, node, place, { time, generation }, bytes, offset);
    }
  }
}

const emptyInode = inodeRecord.read(new Uint8Array(inodeBytes));

/** What mkfs leaves behind in the root's fragment; only an empty file system still has it. */
function writeRootLeftover(plan: UfsPlan, sink: ByteSink): void {
  const [place] = plan.places;
  if (plan.tree.nodes.length > 2 || place === undefined) return;
  const bytes = Buffer.alloc(directoryRecord.bytes);
  directoryRecord.write({ inode: 0, recordBytes: directoryChunk, nameBytes: 0 }, bytes);
  sink.write(bytes, place.tailAddress * fragmentBytes + directoryChunk);
}

/** Writes super blocks, groups with their inodes, and the summary area. `time`: seconds. */
export function writeMetadata(plan: UfsPlan, sink: ByteSink, time: number): void {
  const { geometry } = plan;
  checkLinks(plan);
  const groups = encodeGroups(plan, usedFragments(plan), time);
  const totals = sumTotals(groups);
  checkTotals(plan, totals);
  const superBlock = encodeSuperBlock(geometry, totals, time);
  const numbers = generations(plan.has.inodes);
  const head = groupMap.inodes - groupMap.superBlock;
  const inodes = geometry.dataOffset - groupMap.inodes;
  groups.forEach((encoded, group) => {
    const bytes = Buffer.alloc((head + inodes) * fragmentBytes);
    superBlock.copy(bytes);
    encoded.bytes.copy(bytes, superBlock.length);
    encodeInodes(plan, group, numbers, time, bytes.subarray(head * fragmentBytes));
    sink.write(bytes, (groupStart(geometry, group) + groupMap.superBlock) * fragmentBytes);
  });
  writeRootLeftover(plan, sink);
  sink.write(encodeSummary(geometry, groups), geometry.summaryAddress * fragmentBytes);
  sink.write(superBlock, primarySuperBlock);
}
