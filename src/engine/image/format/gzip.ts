// Invariant: one gzip member (RFC 1952) without name or time; its bytes depend on the content, the
// level and the zlib alone, not on how many cores there are nor on how the content was cut.
import { promisify } from "node:util";
import * as zlib from "node:zlib";

const deflateRaw = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.deflateRaw);

/** Each block is compressed by itself, on a thread of its own, primed with the 32 KiB before it. */
const blockBytes = 256 * 1024;
const windowBytes = 32 * 1024;

/** Blocks compressed or waiting at the same time; libuv has four threads. */
const inFlight = 6;

/** Cuts content into new blocks of exactly `blockBytes`; the last one is shorter, perhaps empty. */
async function* inBlocks(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<{ block: Buffer; isLast: boolean }> {
  let block = Buffer.allocUnsafeSlow(blockBytes);
  let filled = 0;
  for await (const chunk of content) {
    for (let from = 0; from < chunk.length;) {
      if (filled === blockBytes) {
        yield { block, isLast: false };
        block = Buffer.allocUnsafeSlow(blockBytes);
        filled = 0;
      }
      const part = chunk.subarray(from, from + blockBytes - filled);
      block.set(part, filled);
      filled += part.length;
      from += part.length;
    }
  }
  yield { block: block.subarray(0, filled), isLast: true };
}

/**
 * Compresses content (its chunks may be reused once the next one is asked for) into one gzip
 * member, several blocks at a time. `level`: 0 (store) to 9.
 */
export async function* gzip(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  level: number,
): AsyncGenerator<Uint8Array> {
  const extraFlags = level === 9 ? 2 : level === 1 ? 4 : 0;
  const unixSystem = 3;
  yield Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, extraFlags, unixSystem);
  const waiting: Promise<Buffer>[] = [];
  let previous: Buffer | undefined;
  let crc = 0;
  let length = 0;
  for await (const { block, isLast } of inBlocks(content)) {
    crc = zlib.crc32(block, crc);
    length += block.length;
    const compressed = deflateRaw(block, {
      level,
      chunkSize: 64 * 1024,
      finishFlush: isLast ? zlib.constants.Z_FINISH : zlib.constants.Z_SYNC_FLUSH,
      ...(previous !== undefined && { dictionary: previous.subarray(-windowBytes) }),
    });
    // Awaited below, perhaps never when the reader stops early.
    compressed.catch(() => undefined);
    waiting.push(compressed);
    previous = block;
    while (waiting.length >= (isLast ? 1 : inFlight)) {
      const next = await waiting.shift();
      if (next !== undefined) yield next;
    }
  }
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc, 0);
  trailer.writeUInt32LE(length % 2 ** 32, 4);
  yield trailer;
}
