// Invariant: a log is only ever read, by position, through one descriptor; `size` is what the last
// look at it saw, and no read goes beyond it.
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { fail, ok, type Result } from "../result.ts";

/** A log that is open for reading. */
export class LogFile {
  readonly path: string;
  readonly #descriptor: number;
  #size = 0;

  private constructor(path: string, descriptor: number) {
    this.path = path;
    this.#descriptor = descriptor;
    this.refresh();
  }

  /** Opens a regular file; anything else has no size to index. */
  static open(path: string): Result<LogFile> {
    let descriptor: number;
    try {
      // Without O_NONBLOCK the open of a pipe would wait for its writer.
      descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return fail("bad-input", `Cannot read the log ${path}: ${reason}.`);
    }
    if (!fstatSync(descriptor).isFile()) {
      closeSync(descriptor);
      return fail("bad-input", `${path} is not a file, so it cannot be read as a log.`);
    }
    return ok(new LogFile(path, descriptor));
  }

  /** Bytes in the file when last looked at. */
  get size(): number {
    return this.#size;
  }

  /** Looks again how long the file is (one fstat) and returns it. */
  refresh(): number {
    this.#size = fstatSync(this.#descriptor).size;
    return this.#size;
  }

  /**
   * Reads bytes from `offset` on into the start of `target`.
   *
   * @returns the number of bytes read; fewer than asked for at the end of the file, or where the
   *   disk gives an error: a window with a gap is better than a console that ends
   */
  read(target: Uint8Array, offset: number, length = target.length): number {
    const wanted = Math.min(length, target.length, this.#size - offset);
    let done = 0;
    while (done < wanted) {
      let count = 0;
      try {
        count = readSync(this.#descriptor, target, done, wanted - done, offset + done);
      } catch {
        break;
      }
      if (count === 0) break;
      done += count;
    }
    return done;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
