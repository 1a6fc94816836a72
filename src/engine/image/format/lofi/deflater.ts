// Invariant: each input becomes a complete zlib stream of its own, the same whichever streams were
// made before it with the same state.
import * as zlib from "node:zlib";

/** The largest memory level: lofiadm's 8 takes a tenth longer for the same size. */
const memLevel = 9;

/** Outputs share pieces of memory of this size. */
const chunkSize = 1024 * 1024;

/**
 * Makes zlib streams (RFC 1950, window of 32 KiB) one at a time, on a thread of the pool. Its state,
 * a quarter of a megabyte, is set up once: for inputs of 128 KiB that saves a tenth, and V8 the
 * collections that so much new memory asks for.
 */
export class Deflater {
  readonly #deflate: zlib.Deflate;
  #parts: Uint8Array[] = [];

  /** `level`: 1 to 9. */
  constructor(level: number) {
    const flush = zlib.constants.Z_FINISH;
    this.#deflate = zlib.createDeflate({ level, memLevel, windowBits: 15, chunkSize, flush });
    this.#deflate.on("data", (part: Uint8Array) => this.#parts.push(part));
    // The write in progress is told as well.
    this.#deflate.on("error", () => undefined);
  }

  /** Resolves to the parts of the stream. Only one input at a time, and none that is empty. */
  run(input: Uint8Array): Promise<readonly Uint8Array[]> {
    return new Promise((resolve, reject) => {
      this.#deflate.write(input, (error) => {
        if (error || this.#deflate.destroyed) {
          reject(error ?? new Error("closed while it compressed"));
          return;
        }
        const parts = this.#parts;
        this.#parts = [];
        this.#deflate.reset();
        resolve(parts);
      });
    });
  }

  /** Gives the memory back; an input in progress is given up. */
  close(): void {
    this.#deflate.destroy();
  }
}
