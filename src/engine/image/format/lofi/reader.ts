// Invariant: a read touches only the segments it needs, and a damaged one is never taken for data.
import * as zlib from "node:zlib";
import type { Result } from "../../../result.ts";
import type { ByteSource } from "../bytes-io.ts";
import { checkRange, readable, UnreadableError } from "../bytes-io.ts";
import {
  header,
  indexEntry,
  leastSegmentBytes,
  mostSegmentBytes,
  nameBytes,
  readableNames,
  segmentFlags,
} from "./layout.ts";

/** A compressed file, open for reading at any place. */
export interface LofiImage extends ByteSource {
  /** As the header names it. */
  readonly algorithm: string;
  readonly segmentBytes: number;
  readonly segments: number;
  /** Bytes of the compressed file. */
  readonly compressedBytes: number;
}

/** Segments kept uncompressed: a walk over a file system returns to the same few. */
const keptSegments = 16;

function readName(source: ByteSource): string {
  const bytes = Buffer.alloc(nameBytes);
  if (source.size < header.bytes) return "";
  source.read(bytes, 0);
  const end = bytes.indexOf(0);
  return bytes.toString("latin1", 0, end < 0 ? nameBytes : end);
}

/** True when the bytes begin as a compressed file that lofi knows. */
export function isLofi(source: ByteSource): boolean {
  const name = readName(source);
  return name === "lzma" || readableNames.includes(name);
}

class LofiReader implements LofiImage {
  readonly algorithm: string;
  readonly segmentBytes: number;
  readonly segments: number;
  readonly compressedBytes: number;
  readonly size: number;
  readonly #source: ByteSource;
  readonly #starts: readonly number[];
  /** In the order of last use. */
  readonly #kept = new Map<number, Buffer>();

  constructor(source: ByteSource) {
    this.#source = source;
    this.compressedBytes = source.size;
    this.algorithm = readName(source);
    if (!readableNames.includes(this.algorithm)) {
      throw new UnreadableError(
        this.algorithm === "lzma" ? "it is compressed with lzma, not gzip" : "not a lofi file",
      );
    }
    const bytes = new Uint8Array(header.bytes);
    source.read(bytes, 0);
    const { segmentBytes, indexEntries, lastSegmentBytes } = header.read(bytes);
    this.segmentBytes = segmentBytes;
    this.segments = indexEntries - 1;
    const isPowerOfTwo = (segmentBytes & (segmentBytes - 1)) === 0;
    const inRange = segmentBytes >= leastSegmentBytes && segmentBytes <= mostSegmentBytes;
    if (!isPowerOfTwo || !inRange) {
      throw new UnreadableError(`its header has segments of ${segmentBytes} bytes`);
    }
    if (lastSegmentBytes === 0 || lastSegmentBytes > segmentBytes) {
      throw new UnreadableError(`its header has a last segment of ${lastSegmentBytes} bytes`);
    }
    if (this.segments < 1 || header.bytes + indexEntries * indexEntry.bytes > source.size) {
      throw new UnreadableError(`its header has ${this.segments} segments`);
    }
    this.size = (this.segments - 1) * segmentBytes + lastSegmentBytes;
    this.#starts = this.#readIndex(indexEntries);
  }

  read(into: Uint8Array, position: number): void {
    checkRange(this, into.length, position);
    for (let from = 0; from < into.length;) {
      const at = position + from;
      const inSegment = at % this.segmentBytes;
      const bytes = this.#segment(Math.floor(at / this.segmentBytes));
      const part = bytes.subarray(inSegment, inSegment + into.length - from);
      into.set(part, from);
      from += part.length;
    }
  }

  /** Places of the segments in the file, and of the end of the last one. */
  #readIndex(entries: number): number[] {
    const bytes = Buffer.alloc(entries * indexEntry.bytes);
    this.#source.read(bytes, header.bytes);
    const dataStart = header.bytes + bytes.length;
    let last = dataStart;
    return Array.from({ length: entries }, (_, index) => {
      const start = dataStart + indexEntry.read(bytes, index * indexEntry.bytes).start;
      if (start < last || start > this.#source.size) {
        throw new UnreadableError(`its index is damaged at segment ${index}`);
      }
      last = start;
      return start;
    });
  }

  #segment(index: number): Buffer {
    const known = this.#kept.get(index);
    this.#kept.delete(index);
    const bytes = known ?? this.#load(index);
    this.#kept.set(index, bytes);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > keptSegments && oldest !== undefined) this.#kept.delete(oldest);
    return bytes;
  }

  #load(index: number): Buffer {
    const start = this.#starts[index] ?? 0;
    const length = (this.#starts[index + 1] ?? 0) - start;
    const expected = Math.min(this.segmentBytes, this.size - index * this.segmentBytes);
    if (length < 1 || length > this.segmentBytes * 2 + 1024) throw this.#damaged(index);
    const stored = Buffer.alloc(length);
    this.#source.read(stored, start);
    const content = stored.subarray(1);
    switch (stored[0]) {
      case segmentFlags.raw:
        if (content.length !== expected) throw this.#damaged(index);
        return content;
      case segmentFlags.compressed: {
        let bytes: Buffer;
        try {
          bytes = zlib.unzipSync(content, { maxOutputLength: this.segmentBytes });
        } catch {
          throw this.#damaged(index);
        }
        if (bytes.length !== expected) throw this.#damaged(index);
        return bytes;
      }
      default:
        throw this.#damaged(index);
    }
  }

  #damaged(index: number): UnreadableError {
    return new UnreadableError(`segment ${index} of the compressed file is damaged`);
  }
}

/** Opens what lofiadm -C (gzip) or compressLofi made. Damage met later throws from read(). */
export function openLofi(source: ByteSource): Result<LofiImage> {
  return readable("compressed image", () => new LofiReader(source));
}
