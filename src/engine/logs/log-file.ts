// Invariant: a log is only ever read, by position, through one descriptor; `size` is what the last
// look at it saw, and no read goes beyond it.
import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from "node:fs";
import { fail, ok, type Result } from "../result.ts";

/** A log that is open for reading. */
export class LogFile {
  readonly path: string;
  /** Other threads of this process may read through it, by position, until `close`. */
  readonly descriptor: number;
  readonly #isOwner: boolean;
  readonly #identity: string;
  #size = 0;
  #modified = 0;

  private constructor(path: string, descriptor: number, isOwner: boolean) {
    this.path = path;
    this.descriptor = descriptor;
    this.#isOwner = isOwner;
    this.#identity = identityOf(fstatSync(descriptor));
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
    return ok(new LogFile(path, descriptor, true));
  }

  /** The log behind a descriptor of another thread, which alone closes it. */
  static borrow(path: string, descriptor: number): LogFile {
    return new LogFile(path, descriptor, false);
  }

  /** Bytes in the file when last looked at. */
  get size(): number {
    return this.#size;
  }

  /** When it was written last, as far as seen: milliseconds of the epoch. */
  get modified(): number {
    return this.#modified;
  }

  /** Looks again how long the file is (one fstat) and returns it. */
  refresh(): number {
    const { size, mtimeMs } = fstatSync(this.descriptor);
    this.#size = size;
    this.#modified = mtimeMs;
    return size;
  }

  /** Another file stands under the name now (one stat): a tool began its log anew. */
  isReplaced(): boolean {
    try {
      const named = statSync(this.path, { throwIfNoEntry: false });
      return named?.isFile() === true && identityOf(named) !== this.#identity;
    } catch {
      // A name that cannot be looked at is no reason to leave the file that can be read.
      return false;
    }
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
        count = readSync(this.descriptor, target, done, wanted - done, offset + done);
      } catch {
        break;
      }
      if (count === 0) break;
      done += count;
    }
    return done;
  }

  close(): void {
    if (this.#isOwner) closeSync(this.descriptor);
  }
}

function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}
