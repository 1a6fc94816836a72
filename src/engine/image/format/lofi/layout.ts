// Invariant: every offset and constant of the lofi format stands here.
// Source: the header that illumos' lofi driver and lofiadm publish in sys/lofi.h, all numbers
// big-endian; checked against files that lofiadm compressed.
import { Structure } from "../bytes-struct.ts";

/** The name of the algorithm, zero-padded, begins the file and is what it is recognised by. */
export const nameBytes = 36;

export const header = new Structure(48, "big-endian", {
  segmentBytes: [36, "u32"],
  /** One for each segment, and one for the end of the last. */
  indexEntries: [40, "u32"],
  lastSegmentBytes: [44, "u32"],
});

/** The index follows the header: where each segment starts, counted from the end of the index. */
export const indexEntry = new Structure(8, "big-endian", { start: [0, "u64"] });

/** First byte of a segment: a zlib stream (RFC 1950), or the bytes as they are. */
export const segmentFlags = { raw: 0, compressed: 1 } as const;

export const defaultSegmentBytes = 128 * 1024;
export const leastSegmentBytes = 512;
export const mostSegmentBytes = 16 * 1024 * 1024;

/** A segment is stored as it is unless compression saves at least this much. */
export const leastSaving = 2048;

/** A device is made of sectors, so both the input and the file are. */
export const sectorBytes = 512;

/** Compression levels by the names that lofiadm knows them by. */
export const levelNames = { 6: "gzip", 9: "gzip-9" } as const;

/** Names that a reader meets: gzip alone is level 6. */
export const readableNames: readonly string[] = ["gzip", "gzip-6", "gzip-9"];
