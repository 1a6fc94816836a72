// Invariant: takes a text apart as Intl.Segmenter does by grapheme, which takes 8 ms to be made and
// is only made for a text that needs it.

/** ASCII, and the characters that stand for lines of the screen (terminal/held-text.ts). */
const simple = /^[\x20-\x7e\u{f0000}-\u{f0fff}]*$/u;

/** Stands in the bundle for Intl.Segmenter, of which Ink and what it brings make four. */
export class GraphemeSegmenter {
  #real: Intl.Segmenter | undefined;

  segment(text: string): Iterable<{ readonly segment: string; readonly index: number }> {
    if (!simple.test(text)) {
      const { Segmenter } = Intl;
      this.#real ??= new Segmenter();
      return this.#real.segment(text);
    }
    let index = 0;
    return Array.from(text, (segment) => {
      index += segment.length;
      return { segment, index: index - segment.length };
    });
  }
}
