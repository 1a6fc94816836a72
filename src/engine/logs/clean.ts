// Invariant: cleaned text holds only characters that a terminal draws: no control byte, no part of
// an escape sequence that could act, nothing that reorders or hides other text.
import { hidePasswords } from "./hide-passwords.ts";
import { readEscape } from "./escape.ts";
import { applySgr, markStyle, plainStyle, type LogStyle, type StyleSpan } from "./style.ts";
import { decodeCharacter } from "./utf8.ts";

const CR = 0x0d;
const ESC = 0x1b;
const tabWidth = 8;

/** How a line is to be cleaned. */
export interface CleanOptions {
  /** Characters kept at most; the rest is cut. Default 1,000. */
  readonly maxColumns?: number;
  /** Draw nothing but ASCII: marks as `^[`, other characters as `<U+00E9>`. */
  readonly ascii?: boolean;
}

/** A line that is safe to draw. */
export interface CleanLine {
  readonly text: string;
  /** In order, without overlap; text between them has the default style. */
  readonly spans: readonly StyleSpan[];
  /** The line goes on beyond `maxColumns`. */
  readonly cut: boolean;
  /** A progress meter: earlier states were overwritten by carriage returns and are not shown. */
  readonly rewritten: boolean;
}

/** Formats that hide, reorder or have no width, unassigned characters, line separators. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/** Typographic characters that compilers print, for ASCII terminals. */
const asciiForms = new Map([
  ...Array.from("‘’‚‹›′`", (character) => [character, "'"] as const),
  ...Array.from("“”„«»″", (character) => [character, '"'] as const),
  ...Array.from("‐‑‒–—−", (character) => [character, "-"] as const),
  ["…", "..."],
  ["•", "*"],
  ["→", "->"],
  ["\u00a0", " "],
]);

/**
 * Makes one line of a log safe to draw. Colours and attributes of the child (SGR) become spans;
 * every other escape sequence, control byte, piece of invalid UTF-8, bidirectional override or
 * zero-width control becomes a visible mark; tabs are expanded to 8 columns. Of a progress meter
 * (carriage returns) the last state is shown. Each line starts with the default style. Root passwords
 * that the tree's tools print are made unreadable.
 *
 * @param bytes the line without its newline
 */
export function cleanLine(bytes: Uint8Array, options: CleanOptions = {}): CleanLine {
  const maxColumns = options.maxColumns ?? 1000;
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === CR) end--;
  const start = end === 0 ? 0 : bytes.lastIndexOf(CR, end - 1) + 1;
  const output = new Output(maxColumns, options.ascii ?? false);
  output.style = styleAfter(bytes, start);
  let at = start;
  while (at < end && !output.full) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20 && byte < 0x7f) {
      const from = at;
      const limit = Math.min(end, from + maxColumns + 1);
      while (at < limit && isPrintable(bytes[at])) at++;
      output.put(latin1(bytes, from, at));
    } else if (byte === ESC) at = putEscape(output, bytes, at, end);
    else if (byte === 0x09) {
      output.put(" ".repeat(tabWidth - (output.text.length % tabWidth)));
      at++;
    } else if (byte < 0x80) {
      output.putMark(output.ascii ? caret(byte) : controlPicture(byte));
      at++;
    } else at += putCharacter(output, bytes, at, end);
  }
  return {
    text: hidePasswords(output.text),
    spans: output.finish(),
    cut: output.full || at < end,
    rewritten: start > 0,
  };
}

/**
 * The words of a piece of log text for places that keep short texts (events, summaries): cleaned,
 * without styles, at most `maxColumns` characters.
 */
export function cleanText(text: string, maxColumns = 200): string {
  return cleanLine(Buffer.from(text), { maxColumns }).text.trimEnd();
}

/** Collects text and the style of each piece up to a number of characters. */
class Output {
  text = "";
  full = false;
  style: LogStyle = plainStyle;
  readonly ascii: boolean;
  readonly #maxColumns: number;
  readonly #spans: StyleSpan[] = [];
  #spanStart = 0;
  #spanStyle: LogStyle = plainStyle;

  constructor(maxColumns: number, ascii: boolean) {
    this.#maxColumns = maxColumns;
    this.ascii = ascii;
  }

  put(piece: string, style = this.style): void {
    const room = this.#maxColumns - this.text.length;
    if (piece.length > room) {
      this.full = true;
      // Half a surrogate pair would be a character of its own.
      piece = room > 0 && /[\ud800-\udbff]/.test(piece[room - 1] ?? "") ? "" : piece.slice(0, room);
    }
    if (piece === "") return;
    if (style !== this.#spanStyle) {
      this.#closeSpan();
      this.#spanStyle = style;
    }
    this.text += piece;
  }

  putMark(piece: string): void {
    this.put(piece, markStyle);
  }

  finish(): readonly StyleSpan[] {
    this.#closeSpan();
    return this.#spans;
  }

  #closeSpan(): void {
    const end = this.text.length;
    if (end > this.#spanStart && this.#spanStyle !== plainStyle) {
      this.#spans.push({ start: this.#spanStart, end, style: this.#spanStyle });
    }
    this.#spanStart = end;
  }
}

/** Draws what stands at an ESC byte; returns the index of the byte after it. */
function putEscape(output: Output, bytes: Uint8Array, at: number, end: number): number {
  const sequence = readEscape(bytes, at, end);
  switch (sequence.kind) {
    case "style":
      output.style = applySgr(output.style, sequence.parameters);
      break;
    case "silent":
      break;
    case "mark": {
      const more = sequence.shortened ? (output.ascii ? "..." : "…") : "";
      output.putMark((output.ascii ? "^[" : "␛") + sequence.shown + more);
      break;
    }
  }
  return sequence.next;
}

/** Draws the character at `at`, whose first byte is not ASCII; returns the number of bytes used. */
function putCharacter(output: Output, bytes: Uint8Array, at: number, end: number): number {
  const decoded = decodeCharacter(bytes, at, end);
  if (decoded === undefined) {
    output.putMark(`\\x${hex(bytes[at] ?? 0, 2)}`);
    return 1;
  }
  const character = String.fromCodePoint(decoded.codePoint);
  // Text or emoji presentation: says nothing about the words, and terminals disagree on its width.
  const isPresentation = decoded.codePoint === 0xfe0e || decoded.codePoint === 0xfe0f;
  if (isPresentation) return decoded.length;
  if (invisible.test(character)) output.putMark(codePointMark(decoded.codePoint));
  else if (!output.ascii) output.put(character);
  else {
    const form = asciiForms.get(character);
    if (form === undefined) output.putMark(codePointMark(decoded.codePoint));
    else output.put(form);
  }
  return decoded.length;
}

/** The style that earlier states of a progress meter leave behind. */
function styleAfter(bytes: Uint8Array, end: number): LogStyle {
  let style = plainStyle;
  if (end === 0) return style;
  for (let at = bytes.indexOf(ESC); at !== -1 && at < end; at = bytes.indexOf(ESC, at + 1)) {
    const sequence = readEscape(bytes, at, end);
    if (sequence.kind === "style") style = applySgr(style, sequence.parameters);
  }
  return style;
}

function isPrintable(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x20 && byte < 0x7f;
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
}

function caret(byte: number): string {
  return `^${String.fromCharCode(byte ^ 0x40)}`;
}

function controlPicture(byte: number): string {
  return byte === 0x7f ? "␡" : String.fromCharCode(0x2400 + byte);
}

function codePointMark(codePoint: number): string {
  return `<U+${hex(codePoint, 4).toUpperCase()}>`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
