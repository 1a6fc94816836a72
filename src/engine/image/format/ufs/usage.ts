// Invariant: a fragment is marked once; two owners of one fragment are a bug that stops the writer.
import { indirectBlocks, blockPlace } from "./file-blocks.ts";
import type { UfsGeometry } from "./geometry.ts";
import { groupStart } from "./groups.ts";
import { ownBlockAddress } from "./inode.ts";
import { blockFragments, fragmentBytes, groupMap } from "./layout.ts";
import type { ContentPlace, UfsPlan } from "./plan.ts";

class Usage {
  readonly used: Uint8Array;
  count = 0;

  constructor(fragments: number) {
    this.used = new Uint8Array(fragments);
  }

  mark(address: number, count: number): void {
    for (let at = address; at < address + count; at++) {
      if (this.used[at] !== 0) throw new Error(`fragment ${at} has two owners or is outside`);
      this.used[at] = 1;
    }
    this.count += count;
  }

  markContent(geometry: UfsGeometry, content: ContentPlace): void {
    const markOwn = (place: number): void => {
      this.mark(ownBlockAddress(geometry, content, place), blockFragments);
    };
    for (let index = 0; index < content.dataBlocks; index++) markOwn(blockPlace(index));
    for (const block of indirectBlocks(content.dataBlocks)) markOwn(block.place);
    if (content.tail > 0) this.mark(content.tailAddress, content.tail);
  }
}

/** A byte for each fragment of the file system: 1 when something is there. */
export function usedFragments(plan: UfsPlan): Uint8Array {
  const { geometry } = plan;
  const usage = new Usage(geometry.fragments);
  for (let group = 0; group < geometry.groups; group++) {
    // The first group has the boot block and the primary super block ahead of its own blocks.
    const ahead = group === 0 ? 0 : groupMap.superBlock;
    usage.mark(groupStart(geometry, group) + ahead, geometry.dataOffset - ahead);
  }
  usage.mark(geometry.summaryAddress, geometry.summaryBytes / fragmentBytes);
  const metadata = usage.count;
  for (const content of plan.places) usage.markContent(geometry, content);
  const contents = usage.count - metadata;
  if (contents !== plan.needs.fragments) {
    throw new Error(`${contents} fragments are marked, ${plan.needs.fragments} were planned`);
  }
  return usage.used;
}
