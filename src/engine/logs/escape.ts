// Invariant: reading an escape sequence consumes at least its ESC byte and never more than the
// sequence; what does not end within the line is not consumed, so that no text disappears.

const ESC = 0x1b;
const BEL = 0x07;
/** Introducers of strings after ESC: DCS `P`, SOS `X`, OSC `]`, PM `^`, APC `_`. */
const stringIntroducers = new Set([0x50, 0x58, 0x5d, 0x5e, 0x5f]);
const maxExcerpt = 16;

/** An escape sequence found in a line. */
export type EscapeSequence =
  /** A style change of the child. */
  | { readonly kind: "style"; readonly next: number; readonly parameters: string }
  /** Has no effect on a line that is drawn from its start; dropped. */
  | { readonly kind: "silent"; readonly next: number }
  /** Anything else: `shown` is its printable ASCII after the ESC; `shortened`: not all of it. */
  | {
      readonly kind: "mark";
      readonly next: number;
      readonly shown: string;
      readonly shortened: boolean;
    };

/**
 * Reads the sequence whose ESC byte is at `start` (ECMA-48 5.3–5.6, ECMA-35 13.2).
 *
 * @param end index after the last byte of the line
 * @returns the sequence, with `next` the index of the first byte after it
 */
export function readEscape(bytes: Uint8Array, start: number, end: number): EscapeSequence {
  const second = start + 1 < end ? (bytes[start + 1] ?? 0) : 0;
  if (second === 0x5b) return readControl(bytes, start, end);
  if (stringIntroducers.has(second)) return readString(bytes, start, end);
  let at = start + 1;
  while (at < end && inRange(bytes[at], 0x20, 0x2f)) at++;
  if (at >= end || !inRange(bytes[at], 0x30, 0x7e)) return mark(start + 1, "", false);
  const shown = ascii(bytes, start + 1, at + 1);
  // `tput sgr0` prints ESC ( B before its SGR reset: "use ASCII", which is what is drawn anyway.
  if (shown === "(B") return { kind: "silent", next: at + 1 };
  return excerpt(at + 1, shown);
}

function readControl(bytes: Uint8Array, start: number, end: number): EscapeSequence {
  let at = start + 2;
  while (at < end && inRange(bytes[at], 0x30, 0x3f)) at++;
  const parameters = ascii(bytes, start + 2, at);
  const intermediates = at;
  while (at < end && inRange(bytes[at], 0x20, 0x2f)) at++;
  if (at >= end || !inRange(bytes[at], 0x40, 0x7e)) return mark(start + 1, "", false);
  if (intermediates === at) {
    if (bytes[at] === 0x6d && /^[0-9;:]*$/.test(parameters)) {
      return { kind: "style", next: at + 1, parameters };
    }
    // gcc writes CSI K after every colour change; a line drawn from its start has nothing to erase.
    if (bytes[at] === 0x4b && /^[012]?$/.test(parameters)) return { kind: "silent", next: at + 1 };
  }
  return excerpt(at + 1, ascii(bytes, start + 1, at + 1));
}

/** A string ends with BEL or ESC `\`; a lone 0x9c may be part of a UTF-8 character. */
function readString(bytes: Uint8Array, start: number, end: number): EscapeSequence {
  const introducer = ascii(bytes, start + 1, start + 2);
  for (let at = start + 2; at < end; at++) {
    const byte = bytes[at];
    const terminated = byte === BEL || (byte === ESC && bytes[at + 1] === 0x5c && at + 1 < end);
    if (terminated) {
      let shownEnd = start + 2;
      while (shownEnd < at && inRange(bytes[shownEnd], 0x20, 0x7e)) shownEnd++;
      const shown =
        introducer + ascii(bytes, start + 2, Math.min(shownEnd, start + 2 + maxExcerpt));
      const shortened = start + 1 + shown.length < at;
      return mark(byte === BEL ? at + 1 : at + 2, shown, shortened);
    }
    if (byte === ESC) break;
  }
  return mark(start + 2, introducer, false);
}

function excerpt(next: number, text: string): EscapeSequence {
  return mark(next, text.slice(0, maxExcerpt + 1), text.length > maxExcerpt + 1);
}

function mark(next: number, shown: string, shortened: boolean): EscapeSequence {
  return { kind: "mark", next, shown, shortened };
}

function inRange(byte: number | undefined, low: number, high: number): boolean {
  return byte !== undefined && byte >= low && byte <= high;
}

function ascii(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 256)));
}
