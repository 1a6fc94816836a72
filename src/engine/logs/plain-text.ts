// Invariant: the text of a piece of log has the same lines as its bytes; colours of the child are not
// part of it.
import { isAscii } from "node:buffer";
import { readEscape } from "./escape.ts";

const ESC = 0x1b;
const NEWLINE = 0x0a;

/** Holds what is left of a piece with colours; grows with the largest piece. */
let scratch = Buffer.allocUnsafeSlow(0);

/** The text of bytes that hold whole lines. */
export function plainText(bytes: Buffer): string {
  const first = bytes.indexOf(ESC);
  const seen = first === -1 ? bytes : withoutStyles(bytes, first);
  // A build log is nearly all ASCII, where bytes are characters and no decoding is needed.
  return seen.toString(isAscii(seen) ? "latin1" : "utf8");
}

/** The bytes less the sequences that clean.ts draws as style or not at all; valid until the next call. */
function withoutStyles(bytes: Buffer, first: number): Buffer {
  if (scratch.length < bytes.length) scratch = Buffer.allocUnsafeSlow(bytes.length);
  let length = 0;
  let from = 0;
  for (let at = first; at !== -1; at = bytes.indexOf(ESC, at)) {
    // As in a window, a sequence ends with its line.
    const newline = bytes.indexOf(NEWLINE, at);
    const sequence = readEscape(bytes, at, newline === -1 ? bytes.length : newline);
    if (sequence.kind !== "mark") {
      length += bytes.copy(scratch, length, from, at);
      from = sequence.next;
    }
    at = sequence.kind === "mark" ? at + 1 : sequence.next;
  }
  length += bytes.copy(scratch, length, from);
  return scratch.subarray(0, length);
}
