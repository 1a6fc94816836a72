// Invariant: a stand-in is one character of one cell that no build output and no screen contains;
// it is exchanged for the text it stands for when the bytes go to the terminal, never later than
// some thousand texts afterwards.

/** Characters for private use (plane 15): cleaned log text cannot be mistaken for one. */
const firstCode = 0xf0000;
const slots = 4096;
const standIns = /[\u{f0000}-\u{f0fff}]/gu;

/**
 * Keeps the lines of a log out of React and of Ink's layout: they get one character a line, and
 * the text comes in at the last moment. Ink takes some µs for each character of each frame,
 * changed or not, and lines of a build's output are most of a screen.
 */
export class HeldText {
  readonly #texts: string[] = [];
  readonly #slotOf = new Map<string, number>();
  #next = 0;

  /** The stand-in for a text; the same text keeps its stand-in, so that it is not drawn again. */
  hold(text: string): string {
    if (text === "") return "";
    const known = this.#slotOf.get(text);
    if (known !== undefined) return String.fromCodePoint(firstCode + known);
    const slot = this.#next;
    this.#next = (slot + 1) % slots;
    const old = this.#texts[slot];
    if (old !== undefined) this.#slotOf.delete(old);
    this.#texts[slot] = text;
    this.#slotOf.set(text, slot);
    return String.fromCodePoint(firstCode + slot);
  }

  /** What goes to the terminal: every stand-in exchanged for its text. */
  expand(output: string): string {
    return output.replace(
      standIns,
      (character) => this.#texts[(character.codePointAt(0) ?? firstCode) - firstCode] ?? "",
    );
  }
}
