// Invariant: a ByteText holds one byte per UTF-16 code unit, so comparing two compares their bytes.

/**
 * Bytes as a string (latin1). Manifests are kept this way: nothing is lost when a name is not
 * UTF-8, and JavaScript's own order of strings is the byte order that the tree's sorter uses.
 */
export type ByteText = string;

const ascii = /^[\0-\x7f]*$/;

/** Bytes as ByteText. */
export function fromBytes(bytes: Uint8Array): ByteText {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/** The bytes of a ByteText. */
export function toBytes(text: ByteText): Buffer {
  return Buffer.from(text, "latin1");
}

/** Text as people read it, UTF-8 decoded; what is not UTF-8 shows as U+FFFD. */
export function toText(text: ByteText): string {
  return ascii.test(text) ? text : toBytes(text).toString("utf8");
}

/** The UTF-8 bytes of ordinary text. */
export function fromText(text: string): ByteText {
  return ascii.test(text) ? text : Buffer.from(text, "utf8").toString("latin1");
}

/** A path below `dir` (ordinary text) in the form that node:fs opens byte for byte. */
export function pathIn(dir: string, path: ByteText): string | Buffer {
  if (ascii.test(path)) return `${dir}/${path}`;
  return Buffer.concat([Buffer.from(`${dir}/`, "utf8"), toBytes(path)]);
}

/** Orders byte by byte, as LC_ALL=C sort does. */
export function compareBytes(a: ByteText, b: ByteText): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
