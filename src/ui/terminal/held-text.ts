// Invariant: a stand-in is one character of one cell that no build output and no screen contains;
// it is exchanged for the text it stands for when the bytes go to the terminal.

/** Characters for private use (plane 15): cleaned log text cannot be mistaken for one. */
const firstCode = 0xf0000;
const slots = 4096;
/** Texts held last, more than two screens have rows: what they stand for does not change. */
const kept = 2048;
const standIns = /[\u{f0000}-\u{f0fff}]/gu;

/**
 * Keeps the text of lines out of React and of Ink's layout: a line gets one character there, and
 * its text comes in on the way to the terminal. Ink takes some µs for each cell of each frame,
 * changed or not; this way a frame costs the same for 80x24 as for 200x60.
 */
export class HeldText {
  readonly #texts: string[] = [];
  readonly #slotOf = new Map<string, number>();
  /** By slot, which hold was the last to use it. */
  readonly #usedAt: number[] = [];
  #holds = 0;
  #next = 0;

  /** The stand-in for a line; the same line keeps it, so that it is not drawn again. */
  hold(text: string): string {
    const hold = ++this.#holds;
    const known = this.#slotOf.get(text);
    const slot = known ?? this.#freeSlot();
    this.#usedAt[slot] = hold;
    if (known !== undefined) return String.fromCodePoint(firstCode + known);
    const old = this.#texts[slot];
    if (old !== undefined) this.#slotOf.delete(old);
    this.#texts[slot] = text;
    this.#slotOf.set(text, slot);
    return String.fromCodePoint(firstCode + slot);
  }

  /** The next slot round the ring whose text is on no screen any more. */
  #freeSlot(): number {
    for (;;) {
      const slot = this.#next;
      this.#next = (slot + 1) % slots;
      if (this.#holds - (this.#usedAt[slot] ?? -kept) >= kept) return slot;
    }
  }

  /** What goes to the terminal: every stand-in exchanged for its text. */
  expand(output: string): string {
    return output.replace(
      standIns,
      (character) => this.#texts[(character.codePointAt(0) ?? firstCode) - firstCode] ?? "",
    );
  }
}
