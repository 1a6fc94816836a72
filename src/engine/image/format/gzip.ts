// Invariant: one gzip member (RFC 1952) without name or time; its bytes depend on the content, the
// level and the zlib alone, not on how many cores there are nor on how the content was cut.
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import * as zlib from "node:zlib";

const deflateRaw = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.deflateRaw);

/** Each block is compressed by itself, on a thread of its own, primed with the 32 KiB before it. */
const blockBytes = 256 * 1024;
const windowBytes = 32 * 1024;

/** A piece of each block is tried first: what is compressed already is stored, at a tenth the cost. */
const probeBytes = 4 * 1024;
const hopeless = 0.98;

/** What one stored block of deflate (RFC 1951, 3.2.4) holds at most, and its head. */
const storedBytes = 0xffff;
const storedHeadBytes = 5;

/** The largest memory level: 8 is zlib's own, and takes a tenth longer for the same size. */
const memLevel = 9;

/** A block, and the end of the one before it. */
interface Block {
  readonly bytes: Buffer;
  readonly window: Buffer;
  readonly isLast: boolean;
}

/**
 * Cuts content into blocks of exactly `blockBytes`; the last one is shorter, perhaps empty. Their
 * memory is used again after `buffers` further ones.
 */
async function* inBlocks(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  buffers: number,
): AsyncGenerator<Block> {
  const ring = Array.from({ length: buffers }, () =>
    Buffer.allocUnsafeSlow(windowBytes + blockBytes),
  );
  let number = 0;
  let window = 0;
  let filled = 0;
  let memory = ring[0] ?? Buffer.alloc(windowBytes + blockBytes);
  const block = (isLast: boolean): Block => ({
    bytes: memory.subarray(windowBytes, windowBytes + filled),
    window: memory.subarray(windowBytes - window, windowBytes),
    isLast,
  });
  for await (const chunk of content) {
    for (let from = 0; from < chunk.length;) {
      if (filled === blockBytes) {
        yield block(false);
        const next = ring[++number % buffers] ?? memory;
        // Its end stands before the next one, as what that is primed with.
        memory.copy(next, 0, blockBytes, blockBytes + windowBytes);
        [memory, window, filled] = [next, windowBytes, 0];
      }
      const part = chunk.subarray(from, from + blockBytes - filled);
      memory.set(part, windowBytes + filled);
      filled += part.length;
      from += part.length;
    }
  }
  yield block(true);
}

/** Whether a block, by a piece of it and what stands before that, is not worth compressing. */
function isHopeless(bytes: Buffer): boolean {
  const middle = blockBytes / 2;
  const probe = bytes.subarray(middle, middle + probeBytes);
  const dictionary = bytes.subarray(middle - windowBytes, middle);
  const tried = zlib.deflateRawSync(probe, { level: 1, chunkSize: probeBytes * 2, dictionary });
  return tried.length > probeBytes * hopeless;
}

/** A block as it is, under the heads that deflate wants; nothing is copied. */
function stored({ bytes, isLast }: Block): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; from += storedBytes) {
    const part = bytes.subarray(from, from + storedBytes);
    const head = Buffer.alloc(storedHeadBytes);
    head.writeUInt8(isLast && from + part.length === bytes.length ? 1 : 0);
    head.writeUInt16LE(part.length, 1);
    head.writeUInt16LE(part.length ^ 0xffff, 3);
    parts.push(head, part);
  }
  return parts;
}

/** One block as raw deflate, ended so that the next one follows at a byte. */
async function compressBlock(block: Block, level: number): Promise<readonly Uint8Array[]> {
  const { bytes, window, isLast } = block;
  if (level > 0 && bytes.length === blockBytes && isHopeless(bytes)) return stored(block);
  const finishFlush = isLast ? zlib.constants.Z_FINISH : zlib.constants.Z_SYNC_FLUSH;
  const dictionary = window.length > 0 ? { dictionary: window } : {};
  const chunkSize = bytes.length + 4096;
  return [await deflateRaw(bytes, { level, memLevel, chunkSize, finishFlush, ...dictionary })];
}

/**
 * Compresses content (its chunks may be reused once the next one is asked for) into one gzip
 * member, several blocks at a time. `level`: 0 (store) to 9. What it yields is valid until the next
 * is asked for.
 */
export async function* gzip(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  level: number,
): AsyncGenerator<Uint8Array> {
  const extraFlags = level === 9 ? 2 : level === 1 ? 4 : 0;
  const unixSystem = 3;
  yield Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, extraFlags, unixSystem);
  const inFlight = Math.max(6, Math.ceil(availableParallelism() * 1.5));
  const waiting: Promise<readonly Uint8Array[]>[] = [];
  let crc = 0;
  let length = 0;
  // One more is being filled, and one more is the window of that.
  for await (const block of inBlocks(content, inFlight + 2)) {
    crc = zlib.crc32(block.bytes, crc);
    length += block.bytes.length;
    const compressed = compressBlock(block, level);
    // Awaited below, perhaps never when the reader stops early.
    compressed.catch(() => undefined);
    waiting.push(compressed);
    while (waiting.length >= (block.isLast ? 1 : inFlight)) {
      yield* (await waiting.shift()) ?? [];
    }
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(length % 2 ** 32, 4);
  yield trailer;
}
