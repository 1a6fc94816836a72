// Invariant: looks at the same pieces of the same files each time, so that the estimate changes
// only when the files do.
import { closeSync, openSync, readSync } from "node:fs";
import { deflateSync } from "node:zlib";
import type { FoundFile } from "./check-sources.ts";

const segmentBytes = 128 * 1024;
const samples = 40;
/** A segment of zeros: what the free part of a file system becomes. */
const emptySegmentBytes = deflateSync(Buffer.alloc(segmentBytes), { level: 6 }).length + 1;

/**
 * About how many bytes a compressed image will have that is `imageKib` large and holds these files:
 * forty segments, evenly spread over them, are compressed as lofi does.
 */
export function estimateCompressed(files: readonly FoundFile[], imageKib: number): number {
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const segments = Math.ceil((imageKib * 1024) / segmentBytes);
  const index = 48 + 8 * (segments + 1);
  const empty = Math.max(0, segments - Math.ceil(total / segmentBytes));
  const contents = total === 0 ? 0 : total * sampleRatio(files, total);
  return Math.ceil((index + contents + empty * emptySegmentBytes) / 512) * 512;
}

/** Compressed bytes for each byte. */
function sampleRatio(files: readonly FoundFile[], total: number): number {
  const count = Math.min(samples, Math.ceil(total / segmentBytes));
  const step = total / count;
  let [read, compressed, start, index] = [0, 0, 0, 0];
  for (let sample = 0; sample < count; sample++) {
    const from = Math.floor(sample * step);
    for (; index < files.length; index++) {
      const size = files[index]?.size ?? 0;
      if (start + size > from) break;
      start += size;
    }
    const segment = segmentAt(files, index, from - start);
    if (segment.length === 0) continue;
    read += segment.length;
    compressed += Math.min(segment.length, deflateSync(segment, { level: 6 }).length) + 1;
  }
  return read === 0 ? 1 : compressed / read;
}

/** A segment's worth of bytes from a place in file `index` on, through the files after it. */
function segmentAt(files: readonly FoundFile[], index: number, offset: number): Buffer {
  const segment = Buffer.alloc(segmentBytes);
  let filled = 0;
  let at = offset;
  for (const { source, size } of files.slice(index, index + segmentBytes)) {
    if (filled === segmentBytes) break;
    const wanted = Math.min(segmentBytes - filled, size - at);
    if (wanted > 0) filled += readPiece(source, segment.subarray(filled, filled + wanted), at);
    at = 0;
  }
  return segment.subarray(0, filled);
}

/** Bytes read; none of a file that cannot be read, which others have said already. */
function readPiece(source: string | Buffer, into: Buffer, at: number): number {
  try {
    const file = openSync(source, "r");
    try {
      return readSync(file, into, 0, into.length, at);
    } finally {
      closeSync(file);
    }
  } catch {
    return 0;
  }
}
