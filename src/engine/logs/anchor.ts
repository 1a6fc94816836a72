// Invariant: bytes of a log that were read never change while it only grows; where the remembered
// ones do not stand any more, another text was written over them.

const keptBytes = 64;

/** Reads up to `length` bytes at `offset` into the start of `target`; returns how many it read. */
export type ReadAt = (target: Uint8Array, offset: number, length: number) => number;

/**
 * Remembers the first bytes of a log and those before the place that was read up to. A log that
 * was emptied and grew beyond its old length between two looks has the right size and the wrong
 * bytes; this tells the difference with two short reads.
 */
export class LogAnchor {
  readonly #head = new Uint8Array(keptBytes);
  readonly #tail = new Uint8Array(keptBytes);
  readonly #seen = new Uint8Array(keptBytes);
  #headLength = 0;
  #tailStart = 0;
  #tailLength = 0;

  /** Remembers the log as read up to `position` (bytes). */
  note(position: number, read: ReadAt): void {
    const headWanted = Math.min(position, keptBytes);
    if (this.#headLength < headWanted) this.#headLength = read(this.#head, 0, headWanted);
    this.#tailStart = Math.max(0, position - keptBytes);
    this.#tailLength = read(this.#tail, this.#tailStart, position - this.#tailStart);
  }

  /** Whether the remembered bytes still stand where they were. */
  holds(read: ReadAt): boolean {
    return (
      this.#stands(this.#head, 0, this.#headLength, read) &&
      this.#stands(this.#tail, this.#tailStart, this.#tailLength, read)
    );
  }

  /** Remembers nothing any more; every log holds then. */
  forget(): void {
    this.#headLength = 0;
    this.#tailLength = 0;
  }

  #stands(bytes: Uint8Array, offset: number, length: number, read: ReadAt): boolean {
    if (length === 0) return true;
    if (read(this.#seen, offset, length) !== length) return false;
    for (let i = 0; i < length; i++) if (bytes[i] !== this.#seen[i]) return false;
    return true;
  }
}
