// Invariant: decodes one well-formed character (Unicode table 3-7) or says that there is none;
// overlong forms, surrogates and values above U+10FFFF are never characters.

/** A decoded character and the number of its bytes. */
export interface DecodedCharacter {
  readonly codePoint: number;
  readonly length: number;
}

/**
 * Decodes the UTF-8 character that starts at `start`, which must be below `end`.
 *
 * @returns undefined when the bytes are not well formed, also when the character is torn by `end`
 */
export function decodeCharacter(
  bytes: Uint8Array,
  start: number,
  end: number,
): DecodedCharacter | undefined {
  const lead = bytes[start] ?? 0;
  if (lead < 0x80) return { codePoint: lead, length: 1 };
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || start + length > end) return undefined;
  const second = bytes[start + 1] ?? 0;
  if (lead === 0xe0 && second < 0xa0) return undefined;
  if (lead === 0xed && second > 0x9f) return undefined;
  if (lead === 0xf0 && second < 0x90) return undefined;
  if (lead === 0xf4 && second > 0x8f) return undefined;
  let codePoint = lead & (0x7f >> length);
  for (let i = 1; i < length; i++) {
    const byte = bytes[start + i] ?? 0;
    if ((byte & 0xc0) !== 0x80) return undefined;
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  return { codePoint, length };
}
