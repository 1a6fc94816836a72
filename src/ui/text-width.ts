// Invariant: never less than the cells a terminal uses for cleaned text, so no row is too long.
// It also stands in for string-width in the bundle: Ink asks it for every character of every frame.

const sgr = new RegExp(`${String.fromCodePoint(0x1b)}\\[[\\d;:]*m`, "g");
/** Text of which each character takes one cell, as far as ranges tell: ASCII, Latin, lines, braille. */
const oneCellEach = /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2500-\u25fc\u2800-\u28ff]*$/;
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]$/u;
const wide =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;

/** Cells of one character: 0, 1 or 2. */
function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  // Box drawing, braille, arrows and other signs the screens themselves use are all one cell wide.
  if (code < 0x300) return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0xad ? 0 : 1;
  if (code >= 0x2500 && code < 0x25fd) return 1;
  if (code >= 0x2800 && code < 0x2900) return 1;
  if (zeroWidth.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** Cells that a text takes in a terminal; colours in it take none. */
export function textWidth(text: string): number {
  if (oneCellEach.test(text)) return text.length;
  let width = 0;
  for (const character of text.includes("\x1b") ? text.replace(sgr, "") : text) {
    width += characterWidth(character);
  }
  return width;
}

export default textWidth;
