// Invariant: a step reads at most one piece; the line that is found is the nearest in its direction,
// going round at the end of the log.
import { LinePieces, offsetOfLine } from "./line-pieces.ts";
import type { LogFile } from "./log-file.ts";
import { matchLines } from "./match-lines.ts";

/** Where to look from: the start of a line (or the log's end), which forwards is looked at too. */
export interface SeekStart {
  readonly offset: number;
  readonly direction: 1 | -1;
}

/** Looks for the next or previous line that matches. */
export class LineSeek {
  readonly #pieces: LinePieces;
  readonly #expression: RegExp;
  readonly #size: number;
  readonly #start: SeekStart;
  #at: number;
  #wrapped = false;
  /** Start of the last piece that was looked at before going round. */
  #passed: number;

  constructor(file: LogFile, expression: RegExp, start: SeekStart, size: number) {
    this.#pieces = new LinePieces(file);
    this.#expression = expression;
    this.#size = size;
    this.#start = { ...start, offset: Math.min(start.offset, size) };
    this.#at = this.#start.offset;
    this.#passed = this.#at;
  }

  /**
   * Looks at one more piece.
   *
   * @returns the offset of the line; `"none"` when no line matches; undefined when there is more
   */
  step(): number | "none" | undefined {
    const { direction, offset } = this.#start;
    const piece =
      direction === 1
        ? this.#pieces.after(this.#at, this.#wrapped ? offset : this.#size)
        : this.#pieces.before(this.#at, this.#wrapped ? offset : 0);
    if (piece === undefined) {
      if (this.#wrapped) return "none";
      this.#wrapped = true;
      this.#at = direction === 1 ? 0 : this.#size;
      return undefined;
    }
    if (!this.#wrapped) this.#passed = piece.start;
    let found: number | undefined;
    matchLines(piece.text, this.#expression, (index) => {
      found = index;
      return direction === -1;
    });
    if (found !== undefined) return offsetOfLine(piece, found);
    this.#at = direction === 1 ? piece.next : piece.start;
    return undefined;
  }

  /** Whole lines that are known not to match, as `step` has just told; bytes. */
  barren(found: number | "none"): { readonly from: number; readonly to: number } | undefined {
    if (this.#start.direction === -1) return undefined;
    if (found === "none") return { from: 0, to: this.#passed };
    return this.#wrapped ? undefined : { from: this.#start.offset, to: this.#passed };
  }
}
