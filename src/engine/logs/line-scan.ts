// Invariant: `found` holds exactly the selected lines among those that start below `scanned`, and the
// unfinished last line when it is selected as it stands.
import { LineCounter, type CountTable } from "./line-counter.ts";
import { LinePieces } from "./line-pieces.ts";
import { LineSet, pageLines } from "./line-set.ts";
import type { LogFile } from "./log-file.ts";
import { selectLines, type LineRules } from "./select-lines.ts";

const NEWLINE = 0x0a;

/** Goes through a log from its start, piece by piece, and through what is appended. */
export class LineScan {
  readonly found = new LineSet();
  readonly counter: LineCounter;
  readonly #file: LogFile;
  readonly #pieces: LinePieces;
  readonly #rules: LineRules;
  readonly #dirty = new Set<number>();
  readonly #lastByte = Buffer.allocUnsafe(1);
  #size: number;
  #scanned = 0;
  /** The unfinished last line, when it was selected; its number. */
  #unfinished: number | undefined;
  /** How far the log has been looked at, its unfinished last line included. */
  #seen = 0;
  #barren = { from: 0, to: 0 };

  constructor(file: LogFile, rules: LineRules, table: CountTable, size: number) {
    this.#file = file;
    this.#pieces = new LinePieces(file);
    this.#rules = rules;
    this.counter = new LineCounter(file, table);
    this.#size = size;
  }

  /** Bytes of whole lines that were scanned. */
  get scanned(): number {
    return this.#scanned;
  }

  /** Bytes that were looked at. */
  get seen(): number {
    return this.#seen;
  }

  get isDone(): boolean {
    return this.#seen >= this.#size;
  }

  /** The log has grown to `size` bytes. */
  grow(size: number): void {
    this.#size = size;
    this.#file.refresh();
  }

  /** Lines between two line starts are known not to be selected. */
  skip(from: number, to: number): void {
    this.#barren = { from, to };
  }

  /** Scans one piece. */
  step(): void {
    if (this.isDone) return;
    this.#forgetUnfinished();
    const { from, to } = this.#barren;
    if (this.#scanned >= from && this.#scanned < to) {
      this.#scanned = to;
      this.#seen = to;
      return;
    }
    const end = this.#scanned < from && from < to ? Math.min(from, this.#size) : this.#size;
    const piece = this.#pieces.after(this.#scanned, end);
    if (piece === undefined) {
      // Became shorter meanwhile: whoever follows the log will notice and start again.
      this.#seen = this.#size;
      return;
    }
    let first: number | undefined;
    let last: number | undefined;
    selectLines(piece.text, piece.bytes, this.#rules, (index) => {
      first ??= this.counter.lineAt(piece.start);
      last = this.#add(first + index) ? first + index : undefined;
    });
    this.#seen = piece.next;
    if (this.#endsInLine(piece.next)) {
      this.#unfinished = last;
      return;
    }
    this.#scanned = piece.next;
  }

  /** Pages that changed since the last call. */
  takeDirty(): number[] {
    const pages = [...this.#dirty];
    this.#dirty.clear();
    return pages;
  }

  /** Whether what was read last is a line that its writer has not ended. */
  #endsInLine(end: number): boolean {
    if (end < this.#size) return false;
    return this.#file.read(this.#lastByte, end - 1, 1) === 1 && this.#lastByte[0] !== NEWLINE;
  }

  #forgetUnfinished(): void {
    if (this.#unfinished === undefined) return;
    this.found.remove(this.#unfinished);
    this.#dirty.add(Math.floor((this.#unfinished - 1) / pageLines));
    this.#unfinished = undefined;
  }

  /** Whether it was not there before: the parts of a huge line are all one line. */
  #add(line: number): boolean {
    if (this.found.has(line)) return false;
    this.found.add(line);
    this.#dirty.add(Math.floor((line - 1) / pageLines));
    return true;
  }
}
