// Invariant: whatever the format of the image, entries reach it in this one way, and every byte of
// a file passes through memory once: read into the writer's own buffer, hashed there, written.
import type { ByteText } from "../manifest/byte-text.ts";

/** What every kind of entry has. */
export interface ImageNode {
  readonly path: ByteText;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Takes an image's entries, each after its parent directory and after what it links to. Writing
 * that fails (a full disk) throws a WriteError.
 */
export interface ImageWriter {
  directory(node: ImageNode): void;
  symlink(node: ImageNode, target: ByteText): void;
  hardLink(node: ImageNode, target: ByteText): void;
  /** Begins a file of exactly `size` bytes. */
  beginFile(node: ImageNode, size: number): void;
  /** Memory for the file's next bytes, 1 to `wanted` of them; valid until the next call. */
  room(wanted: number): Uint8Array;
  /** Takes the first `count` bytes of that memory as the file's next ones. */
  advance(count: number): void;
  /** Ends a file all of whose bytes were given. */
  endFile(): void;
  /** Writes what is still held back. */
  finish(): void;
}

/** The image could not be written. */
export class WriteError extends Error {
  readonly path: string;

  constructor(path: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.path = path;
  }
}
