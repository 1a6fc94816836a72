// Invariant: of a log no more than a piece is in memory, and every piece holds whole commands: it ends
// at a newline that no backslash takes back.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** A part of a log. */
export interface LogPart {
  /** Absolute. */
  readonly path: string;
  /** Offset of its first byte. */
  readonly start: number;
  /** Offset after its last byte; absent: to the end of the log. */
  readonly end?: number;
}

/** Text of this length is made and dropped cheaply. */
const pieceBytes = 1 << 17;
/** A longer command is cut: nobody wrote that. */
const longestCommand = 1 << 24;
const newline = 0x0a;
const carriageReturn = 0x0d;
const backslash = 0x5c;

/**
 * The text of a part of a log in pieces of some 128 KiB, lines that a backslash continues joined.
 * A log that cannot be read has none.
 */
export function* textPieces({ path, start, end }: LogPart): Generator<string> {
  const file = opened(path);
  if (file === undefined) return;
  try {
    const last = Math.min(end ?? Infinity, fstatSync(file).size);
    let buffer = Buffer.allocUnsafe(pieceBytes);
    let filled = 0;
    for (let at = start; at < last;) {
      if (filled === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2);
      const count = readSync(file, buffer, filled, Math.min(buffer.length - filled, last - at), at);
      if (count === 0) break;
      at += count;
      filled += count;
      if (at >= last) break;
      const cut = filled >= longestCommand ? filled : endOfCommands(buffer.subarray(0, filled));
      if (cut === 0) continue;
      yield joined(buffer.toString("utf8", 0, cut));
      buffer.copyWithin(0, cut, filled);
      filled -= cut;
    }
    if (filled > 0) yield joined(buffer.toString("utf8", 0, filled));
  } finally {
    closeSync(file);
  }
}

/** The lines of pieces, without their newlines. */
export function* linesOf(pieces: Iterable<string>): Generator<string> {
  for (const piece of pieces) {
    for (let from = 0; from < piece.length;) {
      const at = piece.indexOf("\n", from);
      const end = at === -1 ? piece.length : at;
      yield piece.slice(from, end);
      from = end + 1;
    }
  }
}

function opened(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch {
    return undefined;
  }
}

/** After the last newline that ends a command; 0 when there is none. */
function endOfCommands(bytes: Buffer): number {
  for (let at = bytes.lastIndexOf(newline); at >= 0; at = bytes.lastIndexOf(newline, at - 1)) {
    const before = bytes[at - 1] === carriageReturn ? at - 2 : at - 1;
    if (bytes[before] !== backslash) return at + 1;
    if (at === 0) break;
  }
  return 0;
}

function joined(text: string): string {
  return text.includes("\\") ? text.replace(/\\\r?\n[ \t]*/g, " ") : text;
}
