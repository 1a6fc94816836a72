// Invariant: blocks are given out in order, and fragments packed so that no other packing of the
// same pieces needs fewer blocks (the two holes of the file system aside).
import type { Hole } from "./groups.ts";

/** Fragments that stay together inside one block. */
export type Piece = 1 | 2 | 3;

/** How many pieces of each size are still to come. */
export type PieceCounts = Record<Piece, number>;

/**
 * Gives out space. Pieces of three leave a gap that only a piece of one fills, so ones are paired
 * with threes first, and a one that comes before its three holds a block for it; twos and the
 * ones that are over share blocks. Nothing is ever given back.
 */
export class Space {
  readonly #address: (block: number) => number;
  readonly #coming: PieceCounts;
  readonly #holes: Hole[] = [];
  /** Addresses of single free fragments behind a three, and of three behind a one. */
  readonly #besideThree: number[] = [];
  readonly #besideOne: number[] = [];
  /** Open shared blocks by free fragments; never more than one of each. */
  readonly #shared = new Map<number, number>();
  #next = 0;

  /** `address`: of a content block by number; `coming`: all pieces that will be asked for. */
  constructor(address: (block: number) => number, coming: PieceCounts) {
    this.#address = address;
    this.#coming = { ...coming };
  }

  /** Content blocks given out or opened so far. */
  get blocks(): number {
    return this.#next;
  }

  /** Number of the first of `count` content blocks that follow each other. */
  takeBlocks(count: number): number {
    const first = this.#next;
    this.#next += count;
    return first;
  }

  /** Adds free fragments that are no whole block; the next pieces that fit go there. */
  addHole(hole: Hole): void {
    this.#holes.push(hole);
  }

  /** Address (in fragments) of `count` fragments in one block. */
  takePiece(count: Piece): number {
    this.#coming[count]--;
    const inHole = this.#takeHole(count);
    if (inHole !== undefined) return inHole;
    switch (count) {
      case 3:
        return this.#besideOne.pop() ?? this.#openFor(this.#besideThree, 3);
      case 1: {
        const gap = this.#besideThree.pop();
        if (gap !== undefined) return gap;
        const unpaired = this.#coming[3] - this.#besideOne.length;
        return this.#coming[1] < unpaired ? this.#openFor(this.#besideOne, 1) : this.#share(1);
      }
      case 2:
        return this.#share(2);
    }
  }

  #open(): number {
    return this.#address(this.takeBlocks(1));
  }

  /** Opens a block for a piece and keeps the rest of it for its counterpart. */
  #openFor(rests: number[], count: Piece): number {
    const address = this.#open();
    rests.push(address + count);
    return address;
  }

  #share(count: number): number {
    for (let free = count; free < 4; free++) {
      const address = this.#shared.get(free);
      if (address === undefined) continue;
      this.#shared.delete(free);
      this.#keep(address + count, free - count);
      return address;
    }
    const address = this.#open();
    this.#keep(address + count, 4 - count);
    return address;
  }

  #keep(address: number, free: number): void {
    if (free === 0) return;
    if (this.#shared.has(free)) throw new Error(`two shared blocks have ${free} free fragments`);
    this.#shared.set(free, address);
  }

  #takeHole(count: number): number | undefined {
    const index = this.#holes.findIndex((hole) => hole.count >= count);
    const hole = this.#holes[index];
    if (hole === undefined) return undefined;
    const rest = { address: hole.address + count, count: hole.count - count };
    this.#holes.splice(index, 1, ...(rest.count > 0 ? [rest] : []));
    return hole.address;
  }
}
