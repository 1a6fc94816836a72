// Invariant: every address of a file is inside the file system before the first byte is read.
import type { ByteSource } from "../bytes-io.ts";
import { checkRange, UnreadableError } from "../bytes-io.ts";
import type { UfsInfo } from "./read-super-block.ts";

/** Where an inode says that its content is. */
export interface ContentAddresses {
  /** Bytes. */
  readonly size: number;
  readonly direct: readonly number[];
  readonly indirect: readonly number[];
}

class AddressWalk {
  readonly #image: ByteSource;
  readonly #info: UfsInfo;
  readonly #left: number;
  readonly found: number[] = [];

  constructor(image: ByteSource, info: UfsInfo, blocks: number) {
    this.#image = image;
    this.#info = info;
    this.#left = blocks;
  }

  get #missing(): number {
    return this.#left - this.found.length;
  }

  direct(addresses: Iterable<number>): void {
    for (const address of addresses) {
      if (this.#missing === 0) return;
      this.found.push(address);
    }
  }

  /** Follows a block of addresses; `depth` 0 lists blocks of content. */
  indirect(address: number, depth: number): void {
    if (this.#missing === 0) return;
    const count = this.#info.blockBytes / 4;
    if (address === 0) {
      const hole = Math.min(this.#missing, count ** (depth + 1));
      for (let block = 0; block < hole; block++) this.found.push(0);
      return;
    }
    checkAddress(this.#info, address, this.#info.fields.blockFragments);
    const bytes = Buffer.alloc(this.#info.blockBytes);
    this.#image.read(bytes, address * this.#info.fragmentBytes);
    for (let index = 0; index < count && this.#missing > 0; index++) {
      const next = bytes.readInt32LE(index * 4);
      if (depth === 0) this.found.push(next);
      else this.indirect(next, depth - 1);
    }
  }
}

function checkAddress(info: UfsInfo, address: number, count: number): void {
  if (address > 0 && address + count <= info.fragments) return;
  throw new UnreadableError(
    `a file has the block ${address}; the file system ends at ${info.fragments}`,
  );
}

/** Addresses (in fragments) of all blocks of a content, 0 for a hole. */
function blockAddresses(image: ByteSource, info: UfsInfo, inode: ContentAddresses): number[] {
  const { blockBytes, fragmentBytes } = info;
  const blocks = Math.ceil(inode.size / blockBytes);
  // A damaged size must not cost memory; holes may make a file larger than its image, within reason.
  if (blocks > info.fragments + 2 ** 20)
    throw new UnreadableError(`a file has ${inode.size} bytes`);
  const walk = new AddressWalk(image, info, blocks);
  walk.direct(inode.direct);
  inode.indirect.forEach((address, depth) => {
    walk.indirect(address, depth);
  });
  if (walk.found.length < blocks) throw new UnreadableError(`a file has ${inode.size} bytes`);
  walk.found.forEach((address, index) => {
    const bytes = Math.min(blockBytes, inode.size - index * blockBytes);
    if (address !== 0) checkAddress(info, address, Math.ceil(bytes / fragmentBytes));
  });
  return walk.found;
}

/** A content as a source of its own; neighbouring blocks are read together, holes are zero. */
export function contentSource(
  image: ByteSource,
  info: UfsInfo,
  inode: ContentAddresses,
): ByteSource {
  const { blockBytes, fragmentBytes } = info;
  const addresses = blockAddresses(image, info, inode);
  const placeOf = (position: number): number => {
    const address = addresses[Math.floor(position / blockBytes)] ?? 0;
    return address === 0 ? -1 : address * fragmentBytes + (position % blockBytes);
  };
  const source: ByteSource = {
    size: inode.size,
    read: (into, position) => {
      checkRange(source, into.length, position);
      for (let from = 0; from < into.length;) {
        const start = placeOf(position + from);
        let end = from + blockBytes - ((position + from) % blockBytes);
        const follows = (): boolean =>
          placeOf(position + end) === (start < 0 ? start : start + end - from);
        while (end < into.length && follows()) end += blockBytes;
        const part = into.subarray(from, end);
        if (start < 0) part.fill(0);
        else image.read(part, start);
        from = end;
      }
    },
  };
  return source;
}
