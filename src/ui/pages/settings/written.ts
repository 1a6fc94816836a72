// Invariant: stages count as stale by what was written until a build begins or the write is taken
// back.

export const notWritten = "Not written yet: {settings-review} shows the change.";

/** Why a write failed, and what becomes of the changes. */
export function notWrittenBecause(message: string, isConflict: boolean): string {
  return `${message} ${isConflict ? "{settings-reload} reads it again." : "Your changes are kept."}`;
}

/** After all files were read again; `lost`: what could not be changed in them as before. */
export function readAgain(isChanged: boolean, lost: readonly string[]): string {
  if (lost.length > 0) return `Read again, but set these once more: ${lost.join(", ")}.`;
  return isChanged ? `Read again. ${notWritten}` : "Read all files again.";
}

/** What came of the last write. */
export class Written {
  #stale: readonly string[] = [];
  /** The newest build when it was written. */
  #build: string | undefined;
  /** Nothing was done since. */
  isFresh = false;

  /** The stages to build again, in build order. */
  get stale(): readonly string[] {
    return this.#stale;
  }

  /** Takes note of a write; the sentence that says what to do now. */
  note(
    files: readonly string[],
    stale: readonly string[],
    newest: string | undefined,
    isRunning: boolean,
  ): string {
    this.#stale = stale;
    this.#build = newest;
    this.isFresh = true;
    return `Wrote ${files.join(", ")}. ${nextStep(stale.length, isRunning)}`;
  }

  /** A build that began since has made what was stale. */
  look(newest: string | undefined, isRunning: boolean): void {
    if (isRunning || newest !== this.#build) this.forget();
  }

  forget(): void {
    this.#stale = [];
    this.isFresh = false;
  }
}

function nextStep(stages: number, isRunning: boolean): string {
  const undo = "{settings-undo} takes it back.";
  if (isRunning) return `It counts from the next build. ${undo}`;
  if (stages === 0) return `Nothing has to be built again. ${undo}`;
  return `{build} builds ${stages === 1 ? "the stage" : `the ${stages} stages`} it makes stale; ${undo}`;
}
