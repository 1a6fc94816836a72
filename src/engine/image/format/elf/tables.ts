// Invariant: nothing is taken for granted of a table: its place, its size and its count are checked
// against the file before it is read, and a text ends at its NUL or at the end of its table.
import { type ByteSource, UnreadableError } from "../bytes-io.ts";
import type { FieldValues, Fields, Structure } from "../bytes-struct.ts";

/** More entries than any object file has: a damaged count must not cost memory. */
const mostEntries = 1 << 20;
const longestText = 64 * 1024;
const textPiece = 256;

/** A run of bytes in the file. */
export interface Extent {
  readonly offset: number;
  readonly bytes: number;
}

/** Reads `count` structures that stand `step` bytes apart. */
export function readTable<F extends Fields>(
  source: ByteSource,
  structure: Structure<F>,
  offset: number,
  count: number,
  step: number = structure.bytes,
): readonly FieldValues<F>[] {
  if (count === 0) return [];
  if (step < structure.bytes) throw new UnreadableError(`table entries of ${step} bytes`);
  if (count > mostEntries) throw new UnreadableError(`a table of ${count} entries`);
  const bytes = new Uint8Array((count - 1) * step + structure.bytes);
  source.read(bytes, offset);
  return Array.from({ length: count }, (_, index) => structure.read(bytes, index * step));
}

/** Reads one structure. */
export function readOne<F extends Fields>(
  source: ByteSource,
  structure: Structure<F>,
  offset: number,
): FieldValues<F> {
  const [one] = readTable(source, structure, offset, 1);
  if (one === undefined) throw new UnreadableError("an empty table");
  return one;
}

/** The text that begins `at` bytes into a string table. Bytes that are no UTF-8 become U+FFFD. */
export function readText(source: ByteSource, table: Extent, at: number): string {
  if (at >= table.bytes)
    throw new UnreadableError(`a name ${at} bytes into a table of ${table.bytes}`);
  const end = Math.min(table.offset + table.bytes, source.size);
  const pieces: Buffer[] = [];
  for (let position = table.offset + at, read = 0; position < end && read < longestText;) {
    const piece = Buffer.alloc(Math.min(textPiece, end - position));
    source.read(piece, position);
    const stop = piece.indexOf(0);
    pieces.push(stop < 0 ? piece : piece.subarray(0, stop));
    if (stop >= 0) break;
    position += piece.length;
    read += piece.length;
  }
  return Buffer.concat(pieces).toString("utf8");
}
