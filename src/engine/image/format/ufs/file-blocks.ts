// Invariant: how many blocks and fragments a size takes is decided here alone, for the forecast
// and for the writer.
import { blockBytes, directBlocks, fragmentBytes, indirectAddresses } from "./layout.ts";

/** What a content takes. */
export interface ContentShape {
  /** Blocks of content, the last of them included when it is a whole one. */
  readonly dataBlocks: number;
  /** Blocks of addresses. */
  readonly indirectBlocks: number;
  /** Fragments (0 to 3) that hold the end of a small content. */
  readonly tail: number;
}

/** Content block from which addresses are found through two blocks. */
const firstDouble = directBlocks + indirectAddresses;

/** What `size` bytes take: only contents of up to 12 blocks end in fragments. */
export function contentShape(size: number): ContentShape {
  const blocks = Math.ceil(size / blockBytes);
  const doubled = Math.max(0, blocks - firstDouble);
  const indirectBlocks =
    (blocks > directBlocks ? 1 : 0) +
    (doubled > 0 ? 1 + Math.ceil(doubled / indirectAddresses) : 0);
  const rest = blocks <= directBlocks ? Math.ceil((size % blockBytes) / fragmentBytes) : 0;
  if (rest === 0 || rest === 4) return { dataBlocks: blocks, indirectBlocks, tail: 0 };
  return { dataBlocks: blocks - 1, indirectBlocks, tail: rest };
}

/** Fragments (1 KiB) that a content of `size` bytes takes, blocks of addresses included. */
export function contentFragments(size: number): number {
  const { dataBlocks, indirectBlocks, tail } = contentShape(size);
  return (dataBlocks + indirectBlocks) * 4 + tail;
}

/**
 * The place of content block `index` among a content's own blocks, which hold each block of
 * addresses just before what it leads to.
 */
export function blockPlace(index: number): number {
  if (index < directBlocks) return index;
  if (index < firstDouble) return index + 1;
  return index + 3 + Math.floor((index - firstDouble) / indirectAddresses);
}

/** A block of addresses: its own place, and which content blocks it leads to. */
export interface IndirectBlock {
  readonly place: number;
  /** Places of the blocks it lists. */
  readonly lists: readonly number[];
}

function range<T>(count: number, at: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => at(index));
}

/** The blocks of addresses of a content: the single one, then the double one, then its own. */
export function indirectBlocks(dataBlocks: number): IndirectBlock[] {
  if (dataBlocks <= directBlocks) return [];
  const single = Math.min(dataBlocks - directBlocks, indirectAddresses);
  const found: IndirectBlock[] = [
    { place: directBlocks, lists: range(single, (index) => blockPlace(directBlocks + index)) },
  ];
  const doubled = dataBlocks - firstDouble;
  if (doubled <= 0) return found;
  const second = range(Math.ceil(doubled / indirectAddresses), (index) => {
    const first = firstDouble + index * indirectAddresses;
    const count = Math.min(indirectAddresses, dataBlocks - first);
    return {
      place: blockPlace(first) - 1,
      lists: range(count, (offset) => blockPlace(first + offset)),
    };
  });
  const place = blockPlace(firstDouble) - 2;
  return [...found, { place, lists: second.map((block) => block.place) }, ...second];
}
