// Invariant: names the file that could not be written, so that whoever reads it knows which disk.

/** The image could not be written: the disk is full, or a limit was reached. */
export class WriteError extends Error {
  readonly path: string;

  constructor(path: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.path = path;
  }
}
