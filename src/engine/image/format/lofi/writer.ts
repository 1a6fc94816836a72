// Invariant: bytes depend on the input, the level and the zlib alone: each segment is compressed by
// itself, on whatever thread, and written in its turn.
import { availableParallelism } from "node:os";
import type { Result } from "../../../result.ts";
import { fail, ok } from "../../../result.ts";
import type { ByteSink, ByteSource, Gatherer } from "../bytes-io.ts";
import { gatherer, readable } from "../bytes-io.ts";
import { Deflater } from "./deflater.ts";
import {
  defaultSegmentBytes,
  header,
  indexEntry,
  leastSaving,
  levelNames,
  sectorBytes,
  segmentFlags,
} from "./layout.ts";

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
  readonly parts: readonly Uint8Array[];
}

function bytesOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** Memory for a segment, and what compresses it. */
class Slot {
  readonly memory = Buffer.allocUnsafeSlow(defaultSegmentBytes);
  readonly deflater: Deflater;

  constructor(level: number) {
    this.deflater = new Deflater(level);
  }
}

/** Compresses a segment the way lofiadm decides it; a short one is never made larger. */
async function compressSegment(input: Uint8Array, deflater: Deflater): Promise<Segment> {
  const parts = await deflater.run(input);
  const bytes = bytesOf(parts);
  return bytes > defaultSegmentBytes - leastSaving || bytes >= input.length
    ? { flag: segmentFlags.raw, parts: [input] }
    : { flag: segmentFlags.compressed, parts };
}

/** Compresses segments; those that are wholly zero, as the free space is, only once. */
class Compressor {
  /** Each is free again once its segment is written, whether compressed or as it is. */
  readonly #slots: readonly Slot[];
  readonly #zeros = Buffer.alloc(defaultSegmentBytes);
  #ofZeros: Promise<Segment> | undefined;

  constructor(level: number, slots: number) {
    this.#slots = Array.from({ length: slots }, () => new Slot(level));
  }

  /** `number`: from 0 on, each once; `read` fills the memory that it is given, or less of it. */
  compress(number: number, read: (memory: Buffer) => Buffer): Promise<Segment> {
    const slot = this.#slots[number % this.#slots.length];
    if (slot === undefined) throw new Error("a compressor without slots");
    const input = read(slot.memory);
    if (!input.equals(this.#zeros)) return compressSegment(input, slot.deflater);
    return (this.#ofZeros ??= compressSegment(input, slot.deflater));
  }

  close(): void {
    for (const { deflater } of this.#slots) deflater.close();
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
    // More than there are threads, so that none waits for the reading and writing in between.
    const inFlight = Math.max(6, Math.ceil(availableParallelism() * 1.5));
    const compressor = new Compressor(this.#level, inFlight);
    const waiting: Promise<Segment>[] = [];
    try {
      for (let started = 0; this.#starts.length < this.#segments;) {
        signal?.throwIfAborted();
        while (started < this.#segments && waiting.length < inFlight) {
          const number = started++;
          const segment = compressor.compress(number, (memory) => this.#read(number, memory));
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
    } finally {
      compressor.close();
    }
    return this.#end();
  }

  #read(segment: number, memory: Buffer): Buffer {
    const position = segment * defaultSegmentBytes;
    const bytes = memory.subarray(0, this.#source.size - position);
    this.#source.read(bytes, position);
    return bytes;
  }

  #put({ flag, parts }: Segment): void {
    this.#starts.push(this.#length);
    this.#data.write(Uint8Array.of(flag));
    for (const part of parts) this.#data.write(part);
    this.#length += 1 + bytesOf(parts);
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
