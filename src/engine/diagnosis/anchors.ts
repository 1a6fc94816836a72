// Invariant: finds every anchor of a text in one pass over its characters, without allocation.
import { Buffer } from "node:buffer";

const slotBits = 14;

interface Anchor {
  readonly text: string;
  readonly owners: readonly number[];
}

/** The low bytes of the last four characters. */
function windowOf(anchor: string): number {
  if (anchor.length < 4) throw new Error(`an anchor of less than four characters: ${anchor}`);
  let window = 0;
  for (let i = anchor.length - 4; i < anchor.length; i++) {
    window = (window << 8) | (anchor.charCodeAt(i) & 0xff);
  }
  return window;
}

/**
 * Looks for hundreds of short strings at once. The last four characters passed are kept as one
 * number; only where that is the end of an anchor is the whole anchor compared.
 */
export class AnchorTable {
  readonly #slots = new Int32Array(1 << slotBits);
  readonly #anchorsOfSlot: (readonly Anchor[] | undefined)[] = [];
  /** The first with which the anchors of all rules have slots of their own; others look on from it. */
  #multiplier = 0xe162c05f;
  /** Owners of the anchors that end at the place `next` has found. */
  owners: readonly number[] = [];

  /** @param anchors anchors of each owner; an owner is its position in the list */
  constructor(anchors: readonly (readonly string[])[]) {
    const owners = new Map<string, number[]>();
    anchors.forEach((list, owner) => {
      for (const text of list) owners.set(text, [...(owners.get(text) ?? []), owner]);
    });
    const windows = new Map<number, Anchor[]>();
    for (const [text, list] of owners) {
      const window = windowOf(text);
      windows.set(window, [...(windows.get(window) ?? []), { text, owners: list }]);
    }
    while (!this.#place(windows)) this.#multiplier = (this.#multiplier + 0x9e3779b2) >>> 0;
  }

  /** False when two windows meet in a slot with this multiplier. */
  #place(windows: ReadonlyMap<number, readonly Anchor[]>): boolean {
    this.#slots.fill(0);
    this.#anchorsOfSlot.length = 0;
    for (const [window, list] of windows) {
      const slot = this.#slotOf(window);
      if (this.#slots[slot] !== 0) return false;
      this.#slots[slot] = window;
      this.#anchorsOfSlot[slot] = list;
    }
    return true;
  }

  #slotOf(window: number): number {
    return Math.imul(window, this.#multiplier) >>> (32 - slotBits);
  }

  /**
   * Index of the first character after an anchor that ends after `from`; -1 when there is none.
   * Its owners are in `owners`.
   */
  next(text: string, from: number): number {
    const slots = this.#slots;
    const multiplier = this.#multiplier;
    const { length } = text;
    let window = 0;
    for (let i = Math.max(0, from - 3); i < length; i++) {
      window = (window << 8) | (text.charCodeAt(i) & 0xff);
      const slot = Math.imul(window, multiplier) >>> (32 - slotBits);
      if (slots[slot] === window && window !== 0 && i >= from && this.#isAt(slot, text, i + 1)) {
        return i + 1;
      }
    }
    return -1;
  }

  #isAt(slot: number, text: string, end: number): boolean {
    let found: readonly number[] | undefined;
    for (const anchor of this.#anchorsOfSlot[slot] ?? []) {
      if (!text.startsWith(anchor.text, end - anchor.text.length)) continue;
      found = found === undefined ? anchor.owners : [...found, ...anchor.owners];
    }
    if (found === undefined) return false;
    this.owners = found;
    return true;
  }

  /** As `next`, over bytes; for a table whose anchors are `bytesOf` texts. `owners` is not set. */
  nextInBytes(bytes: Uint8Array, from: number, to: number): number {
    const slots = this.#slots;
    const multiplier = this.#multiplier;
    let window = 0;
    for (let i = from; i < to; i++) {
      window = (window << 8) | (bytes[i] as number);
      const slot = Math.imul(window, multiplier) >>> (32 - slotBits);
      if (slots[slot] === window && window !== 0 && this.#isInBytes(slot, bytes, i + 1))
        return i + 1;
    }
    return -1;
  }

  #isInBytes(slot: number, bytes: Uint8Array, end: number): boolean {
    for (const { text } of this.#anchorsOfSlot[slot] ?? []) {
      const start = end - text.length;
      let i = 0;
      while (i < text.length && bytes[start + i] === text.charCodeAt(i)) i++;
      if (i === text.length) return true;
    }
    return false;
  }
}

/** The UTF-8 bytes of an anchor, each as one character. */
export function bytesOf(anchor: string): string {
  return Buffer.from(anchor, "utf8").toString("latin1");
}
