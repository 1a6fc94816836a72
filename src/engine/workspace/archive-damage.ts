// Invariant: an archive is read to its end before it is called whole; nothing is written.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { cleanText } from "../logs/clean.ts";

const headBytes = 512;
const longestQuote = 60;

/** What a file that should be a compressed archive is instead. */
export type ArchiveDamage =
  | { readonly kind: "empty" | "cut-off" | "damaged" | "other" }
  /** A server's answer that was saved in its place; its first words. */
  | { readonly kind: "text"; readonly says: string };

/**
 * Why the file is not the archive that its name says (.tgz, .gz, .bz2); undefined when it is whole,
 * has another ending, or cannot be read. A gzip file is decompressed in whole (RFC 1952); of bzip2
 * the mark at its end is looked for: 0x177245385090, a checksum of 32 bits, and up to 7 bits to
 * the end of the byte.
 */
export async function archiveDamage(path: string): Promise<ArchiveDamage | undefined> {
  const isGzip = /\.(?:tgz|gz)$/.test(path);
  if (!isGzip && !path.endsWith(".bz2")) return undefined;
  try {
    const { head, tail } = await ends(path);
    if (head.length === 0) return { kind: "empty" };
    const magic = isGzip
      ? head.subarray(0, 2).equals(gzipMagic)
      : head.subarray(0, 3).equals(bzip2Magic);
    if (!magic) return notAnArchive(head);
    if (isGzip) return await gzipDamage(path);
    return hasBzip2End(tail) ? undefined : { kind: "cut-off" };
  } catch {
    return undefined;
  }
}

const gzipMagic = Buffer.from([0x1f, 0x8b]);
const bzip2Magic = Buffer.from("BZh");

async function ends(path: string): Promise<{ readonly head: Buffer; readonly tail: Buffer }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const read = async (from: number, length: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    return { head: await read(0, headBytes), tail: await read(Math.max(0, size - 11), 11) };
  } finally {
    await file.close();
  }
}

function notAnArchive(head: Buffer): ArchiveDamage {
  // Control characters other than white space do not stand in an answer.
  const isText = head.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
  if (!isText) return { kind: "other" };
  const words = cleanText(head.toString("utf8").replace(/\s+/g, " ").trim(), longestQuote);
  return { kind: "text", says: words };
}

async function gzipDamage(path: string): Promise<ArchiveDamage | undefined> {
  const nowhere = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  try {
    await pipeline(createReadStream(path), createGunzip(), nowhere);
    return undefined;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    // What the disk says is no fault of the archive.
    if (!code.startsWith("Z_")) throw error;
    return { kind: code === "Z_BUF_ERROR" ? "cut-off" : "damaged" };
  }
}

function hasBzip2End(tail: Buffer): boolean {
  const bits = BigInt(`0x0${tail.toString("hex")}`);
  const mark = 0x177245385090n;
  return Array.from({ length: 8 }, (_, padding) => BigInt(padding)).some(
    (padding) => ((bits >> (32n + padding)) & 0xffffffffffffn) === mark,
  );
}
