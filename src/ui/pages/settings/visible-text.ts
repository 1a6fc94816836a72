// Invariant: what comes out holds no control character and none that turns the direction of writing, so it
// cannot move the cursor.

/** A text of a file as it can be shown: `^M` for a carriage return, and so on. */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code === 9) return "  ";
    return code < 0x20 ? `^${String.fromCodePoint(code + 0x40)}` : "?";
  });
}
