// Invariant: bytes depend on the input, the level and the zlib alone: each segment is compressed by
// itself, on whatever thread, and written in its turn.
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import * as zlib from "node:zlib";
import type { Result } from "../../../result.ts";
import { fail, ok } from "../../../result.ts";
import type { ByteSink, ByteSource, Gatherer } from "../bytes-io.ts";
import { gatherer, readable } from "../bytes-io.ts";
import {
  defaultSegmentBytes,
  header,
  indexEntry,
  leastSaving,
  levelNames,
  sectorBytes,
  segmentFlags,
} from "./layout.ts";

const deflate = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.deflate);

/** How to compress. */
export interface LofiOptions {
  /** 6 is lofiadm's own; 9 takes longer and saves little. */
  readonly level?: keyof typeof levelNames;
  /** Stops the work: compressLofi then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called after each segment with the bytes of input done so far. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** What was written. */
export interface LofiSummary {
  /** Bytes of the compressed file. */
  readonly bytes: number;
  readonly segments: number;
  /** Segments that are stored as they are. */
  readonly raw: number;
}

/** A flag byte and what follows it. */
interface Segment {
  readonly flag: number;
  readonly bytes: Buffer;
}

/** The largest memory level: lofiadm's 8 takes a tenth longer for the same size. */
const memLevel = 9;

/** Compresses a segment the way lofiadm decides it; a short one is never made larger. */
async function compressSegment(input: Buffer, level: number): Promise<Segment> {
  const raw = { flag: segmentFlags.raw, bytes: input };
  // One chunk that holds any result keeps the whole work in a single turn of a thread.
  const chunkSize = input.length + 1024;
  const bytes = await deflate(input, { level, windowBits: 15, memLevel, chunkSize });
  if (bytes.length > defaultSegmentBytes - leastSaving || bytes.length >= input.length) return raw;
  return { flag: segmentFlags.compressed, bytes };
}

/** Segments that are wholly zero, as the free space of an image is, are compressed once. */
class Compressor {
  readonly #level: number;
  readonly #zeros = Buffer.alloc(defaultSegmentBytes);
  #ofZeros: Promise<Segment> | undefined;

  constructor(level: number) {
    this.#level = level;
  }

  compress(input: Buffer): Promise<Segment> {
    if (!input.equals(this.#zeros)) return compressSegment(input, this.#level);
    return (this.#ofZeros ??= compressSegment(this.#zeros, this.#level));
  }
}

class LofiWriter {
  readonly #source: ByteSource;
  readonly #sink: ByteSink;
  readonly #level: keyof typeof levelNames;
  readonly #starts: number[] = [];
  readonly #dataStart: number;
  readonly #data: Gatherer;
  #written = 0;
  #length = 0;
  #raw = 0;

  constructor(source: ByteSource, sink: ByteSink, level: keyof typeof levelNames) {
    this.#source = source;
    this.#sink = sink;
    this.#level = level;
    this.#dataStart = header.bytes + (this.#segments + 1) * indexEntry.bytes;
    this.#data = gatherer((bytes) => {
      sink.write(bytes, this.#dataStart + this.#written);
      this.#written += bytes.length;
    });
  }

  get #segments(): number {
    return Math.ceil(this.#source.size / defaultSegmentBytes);
  }

  async write({ signal, onProgress }: LofiOptions): Promise<LofiSummary> {
    const compressor = new Compressor(this.#level);
    // More than there are threads, so that none waits for the reading and writing in between.
    const inFlight = Math.max(6, Math.ceil(availableParallelism() * 1.5));
    const waiting: Promise<Segment>[] = [];
    // Each is free again once its segment is written, whether compressed or as it is.
    const ring = Array.from({ length: inFlight }, () =>
      Buffer.allocUnsafeSlow(defaultSegmentBytes),
    );
    for (let started = 0; this.#starts.length < this.#segments;) {
      signal?.throwIfAborted();
      while (started < this.#segments && waiting.length < inFlight) {
        const memory = ring[started % inFlight] ?? Buffer.alloc(defaultSegmentBytes);
        const segment = compressor.compress(this.#read(started++, memory));
        // Awaited below, perhaps never when the work is stopped.
        segment.catch(() => undefined);
        waiting.push(segment);
      }
      const next = await waiting.shift();
      if (next !== undefined) this.#put(next);
      onProgress?.(
        Math.min(this.#starts.length * defaultSegmentBytes, this.#source.size),
        this.#source.size,
      );
    }
    return this.#end();
  }

  #read(segment: number, memory: Buffer): Buffer {
    const position = segment * defaultSegmentBytes;
    const bytes = memory.subarray(0, this.#source.size - position);
    this.#source.read(bytes, position);
    return bytes;
  }

  #put({ flag, bytes }: Segment): void {
    this.#starts.push(this.#length);
    this.#data.write(Uint8Array.of(flag));
    this.#data.write(bytes);
    this.#length += 1 + bytes.length;
    if (flag === segmentFlags.raw) this.#raw++;
  }

  #end(): LofiSummary {
    this.#data.flush();
    const head = Buffer.alloc(this.#dataStart);
    head.write(levelNames[this.#level], "latin1");
    const segments = this.#segments;
    const lastSegmentBytes = this.#source.size - (segments - 1) * defaultSegmentBytes;
    const fields = { segmentBytes: defaultSegmentBytes, indexEntries: segments + 1 };
    header.write({ ...fields, lastSegmentBytes }, head);
    [...this.#starts, this.#length].forEach((start, index) => {
      indexEntry.write({ start }, head, header.bytes + index * indexEntry.bytes);
    });
    this.#sink.write(head, 0);
    const end = this.#dataStart + this.#length;
    const bytes = Math.ceil(end / sectorBytes) * sectorBytes;
    if (bytes > end) this.#sink.write(Buffer.alloc(bytes - end), end);
    return { bytes, segments, raw: this.#raw };
  }
}

/**
 * Compresses an image as `lofiadm -C` does (segments of 128 KiB, zlib streams), on the threads of
 * zlib's pool: four, or as many as UV_THREADPOOL_SIZE says when the process starts. `sink`: empty;
 * it grows. Fails when the input is empty, is not whole sectors of 512 bytes or cannot be read.
 */
export async function compressLofi(
  source: ByteSource,
  sink: ByteSink,
  options: LofiOptions = {},
): Promise<Result<LofiSummary>> {
  if (source.size === 0 || source.size % sectorBytes !== 0) {
    return fail(
      "bad-input",
      `${source.size} bytes are no image of whole ${sectorBytes}-byte sectors`,
    );
  }
  const { level = 6 } = options;
  try {
    return ok(await new LofiWriter(source, sink, level).write(options));
  } catch (error) {
    return readable("the image to compress", () => {
      throw error;
    });
  }
}
