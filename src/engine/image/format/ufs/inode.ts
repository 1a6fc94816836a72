// Invariant: what an inode says of its blocks is what the plan gave its content, to the sector.
import { blockPlace, indirectBlocks } from "./file-blocks.ts";
import type { UfsGeometry } from "./geometry.ts";
import { blockAddress } from "./groups.ts";
import {
  blockFragments,
  directBlocks,
  fragmentBytes,
  inodeRecord,
  modeTypes,
  sectorBytes,
} from "./layout.ts";
import type { ContentPlace } from "./plan.ts";
import type { UfsNode } from "./tree.ts";

/** Owners that do not fit the old 16-bit fields are marked by their largest value. */
function shortId(id: number): number {
  return Math.min(id, 0xffff);
}

/** Address of the content's own block `place` (see blockPlace). */
export function ownBlockAddress(
  geometry: UfsGeometry,
  content: ContentPlace,
  place: number,
): number {
  return blockAddress(geometry, content.firstBlock + place);
}

function directAddresses(geometry: UfsGeometry, content: ContentPlace): number[] {
  return Array.from({ length: directBlocks }, (_, index) => {
    if (index < content.dataBlocks) return ownBlockAddress(geometry, content, blockPlace(index));
    return index === content.dataBlocks && content.tail > 0 ? content.tailAddress : 0;
  });
}

function indirectHeads(geometry: UfsGeometry, content: ContentPlace): number[] {
  const [single, double] = indirectBlocks(content.dataBlocks);
  const address = (block: { place: number } | undefined): number =>
    block === undefined ? 0 : ownBlockAddress(geometry, content, block.place);
  return [address(single), address(double), 0];
}

/** Writes a node's inode at `offset`. `time`: seconds; that of a node without one of its own. */
export function writeInode(
  geometry: UfsGeometry,
  node: UfsNode,
  content: ContentPlace,
  stamp: { readonly time: number; readonly generation: number },
  bytes: Uint8Array,
  offset: number,
): void {
  const modified = node.mtime ?? stamp.time;
  const blocks = content.dataBlocks + content.indirectBlocks;
  const fragments = blocks * blockFragments + content.tail;
  inodeRecord.write(
    {
      mode: modeTypes[node.content.kind] + node.mode,
      links: node.links,
      shortUid: shortId(node.uid),
      shortGid: shortId(node.gid),
      size: node.size,
      accessed: modified,
      modified,
      changed: stamp.time,
      direct: directAddresses(geometry, content),
      indirect: indirectHeads(geometry, content),
      sectors: fragments * (fragmentBytes / sectorBytes),
      generation: stamp.generation,
      uid: node.uid,
      gid: node.gid,
    },
    bytes,
    offset,
  );
}
