// Invariant: finds every anchor of a text in one pass over its characters, without allocation; what
// it finds is exact in the low bytes of four characters.

const slotBits = 14;
const noForms: readonly number[] = [];

function windowOf(anchor: string): number {
  if (anchor.length < 4) throw new Error(`anchor too short: ${anchor}`);
  let window = 0;
  for (const unit of anchor.slice(-4).split(""))
    window = (window << 8) | (unit.charCodeAt(0) & 0xff);
  return window;
}

/** Looks for many short strings at once: by the last four characters of each. */
export class AnchorTable {
  readonly #slots = new Int32Array(1 << slotBits);
  readonly #owners: (readonly number[])[] = [];
  readonly #ownerOfSlot = new Uint16Array(1 << slotBits);
  #multiplier = 0;

  /** @param anchors anchors of each owner; an owner is its position in the list */
  constructor(anchors: readonly (readonly string[])[]) {
    const owners = new Map<number, number[]>();
    anchors.forEach((list, owner) => {
      for (const window of new Set(list.map(windowOf))) {
        owners.set(window, [...(owners.get(window) ?? []), owner]);
      }
    });
    while (!this.#place(owners));
  }

  /** Tries the next multiplier; false when two windows meet in a slot. */
  #place(owners: ReadonlyMap<number, readonly number[]>): boolean {
    this.#multiplier += 0x9e3779b2;
    this.#multiplier |= 1;
    this.#slots.fill(0);
    this.#owners.length = 0;
    for (const [window, list] of owners) {
      const slot = Math.imul(window, this.#multiplier) >>> (32 - slotBits);
      if (this.#slots[slot] !== 0) return false;
      this.#slots[slot] = window;
      this.#ownerOfSlot[slot] = this.#owners.length;
      this.#owners.push(list);
    }
    return true;
  }

  /** Index of the first character after an anchor, from `from` on; -1 when there is none. */
  next(text: string, from: number, to: number): number {
    const slots = this.#slots;
    const multiplier = this.#multiplier;
    let window = 0;
    for (let i = from < 3 ? 0 : from - 3; i < to; i++) {
      window = (window << 8) | (text.charCodeAt(i) & 0xff);
      if (slots[Math.imul(window, multiplier) >>> (32 - slotBits)] === window && window !== 0) {
        if (i >= from) return i + 1;
      }
    }
    return -1;
  }

  /** Owners of the anchor that ends before `end` (from `next`). */
  ownersAt(text: string, end: number): readonly number[] {
    const window = windowOf(text.slice(end - 4, end));
    const slot = Math.imul(window, this.#multiplier) >>> (32 - slotBits);
    return this.#owners[this.#ownerOfSlot[slot] ?? 0] ?? noForms;
  }
}
