// Invariant: a newline is the byte 0x0a and nothing else; counting never allocates.

const NEWLINE = 0x0a;
const newlineWord = 0x0a0a0a0a;
const lowBits = 0x7f7f7f7f;
/** Each step adds at most 1 to each byte of the sum, which must stay below 256. */
const stepsPerSum = 255;

/**
 * Number of newlines in `bytes` from `start` up to `end`, four bytes at a time. Fast only when the
 * bytes of the words are aligned in their ArrayBuffer, right always.
 */
export function countNewlines(bytes: Uint8Array, start: number, end: number): number {
  let count = 0;
  let at = start;
  for (; at < end && ((bytes.byteOffset + at) & 3) !== 0; at++) {
    if (bytes[at] === NEWLINE) count++;
  }
  // No whole word: here `at` need not be aligned, which an Int32Array would not take.
  if (end - at < 4) {
    for (; at < end; at++) if (bytes[at] === NEWLINE) count++;
    return count;
  }
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (end - at) >> 2);
  count += countInWords(words);
  for (at += words.length * 4; at < end; at++) if (bytes[at] === NEWLINE) count++;
  return count;
}

function countInWords(words: Int32Array): number {
  let count = 0;
  for (let from = 0; from < words.length; from += stepsPerSum) {
    const to = Math.min(words.length, from + stepsPerSum);
    let sum = 0;
    for (let i = from; i < to; i++) {
      // A byte of `differs` is 0 exactly where there is a newline; the next line makes that byte's
      // highest bit 1 and all others 0 (no carry crosses bytes, so it is exact).
      const differs = (words[i] as number) ^ newlineWord;
      const zero = ~(((differs & lowBits) + lowBits) | 0 | differs | lowBits);
      sum = (sum + (zero >>> 7)) | 0;
    }
    count += (sum & 0xff) + ((sum >>> 8) & 0xff) + ((sum >>> 16) & 0xff) + (sum >>> 24);
  }
  return count;
}

/**
 * Index of the `n`-th newline (1-based) in `bytes` from `start` up to `end`.
 *
 * @returns -1 when there are fewer
 */
export function findNewline(bytes: Uint8Array, n: number, start: number, end: number): number {
  let at = start - 1;
  for (let i = 0; i < n; i++) {
    at = bytes.indexOf(NEWLINE, at + 1);
    if (at === -1 || at >= end) return -1;
  }
  return at;
}

/**
 * Index of the `n`-th newline (1-based) before `end`, counted from there.
 *
 * @returns -1 when there are fewer
 */
export function findNewlineBefore(bytes: Uint8Array, n: number, end: number): number {
  let at = end;
  for (let i = 0; i < n && at >= 0; i++) {
    // Below 0 lastIndexOf would count from the end of all bytes.
    at = at === 0 ? -1 : bytes.lastIndexOf(NEWLINE, at - 1);
  }
  return at;
}
