// Invariant: a style says how a child wanted its text to look, and nothing that a terminal could
// obey: colours and attributes as data, never as escape sequences.

/** A colour: 0–15 the terminal's own, 16–255 the xterm palette, or `#rrggbb`. */
export type LogColour = number | `#${string}`;

/** How a piece of log text looks; an absent member means the terminal's default. */
export interface LogStyle {
  readonly foreground?: LogColour;
  readonly background?: LogColour;
  readonly bold?: true;
  readonly dim?: true;
  readonly italic?: true;
  readonly underline?: true;
  readonly inverse?: true;
  /** The text stands for bytes that must not reach a terminal (an escape, a NUL, bad UTF-8). */
  readonly mark?: true;
}

/** A style and where it holds: `text.slice(start, end)` of the line, never empty. */
export interface StyleSpan {
  readonly start: number;
  readonly end: number;
  readonly style: LogStyle;
}

type Mutable = { -readonly [K in keyof LogStyle]: LogStyle[K] };

/** Default look; compared by identity. */
export const plainStyle: LogStyle = {};

/** The look of marks; compared by identity. */
export const markStyle: LogStyle = { mark: true };

/**
 * The style after one SGR sequence (ECMA-48 8.3.117 and xterm's 38/48 extensions, with `;` or `:`).
 *
 * @param parameters the bytes between `CSI` and `m` as text, e.g. `01;31`
 * @returns `plainStyle` itself where nothing is set; blink, conceal and the like are ignored, so
 *   that no text can be hidden
 */
export function applySgr(style: LogStyle, parameters: string): LogStyle {
  const next: Mutable = { ...style };
  const codes = parameters.split(";");
  for (let i = 0; i < codes.length; i++) {
    const [head = "", ...colonForm] = (codes[i] ?? "").split(":");
    const code = Number(head);
    if (code === 38 || code === 48 || code === 58) {
      let colour: LogColour | undefined;
      if (colonForm.length > 0) colour = colonColour(colonForm);
      else {
        const form = codes[i + 1];
        if (form === "5") colour = palette(codes[i + 2]);
        else if (form === "2") colour = rgb(codes[i + 2], codes[i + 3], codes[i + 4]);
        i += form === "5" ? 2 : form === "2" ? 4 : 1;
      }
      if (colour !== undefined && code === 38) next.foreground = colour;
      if (colour !== undefined && code === 48) next.background = colour;
    } else setAttribute(next, code);
  }
  return Object.keys(next).length === 0 ? plainStyle : next;
}

function setAttribute(style: Mutable, code: number): void {
  if (code >= 30 && code <= 37) style.foreground = code - 30;
  else if (code >= 40 && code <= 47) style.background = code - 40;
  else if (code >= 90 && code <= 97) style.foreground = code - 82;
  else if (code >= 100 && code <= 107) style.background = code - 92;
  else if (code === 0) clear(style);
  else if (code === 1) style.bold = true;
  else if (code === 2) style.dim = true;
  else if (code === 3) style.italic = true;
  else if (code === 4 || code === 21) style.underline = true;
  else if (code === 7) style.inverse = true;
  else if (code === 22) {
    delete style.bold;
    delete style.dim;
  } else if (code === 23) delete style.italic;
  else if (code === 24) delete style.underline;
  else if (code === 27) delete style.inverse;
  else if (code === 39) delete style.foreground;
  else if (code === 49) delete style.background;
}

function clear(style: Mutable): void {
  delete style.foreground;
  delete style.background;
  delete style.bold;
  delete style.dim;
  delete style.italic;
  delete style.underline;
  delete style.inverse;
}

/** `5:n`, `2:r:g:b` or `2:space:r:g:b`. */
function colonColour(parts: readonly string[]): LogColour | undefined {
  if (parts[0] === "5") return palette(parts[1]);
  if (parts[0] !== "2") return undefined;
  return parts.length > 4 ? rgb(parts[2], parts[3], parts[4]) : rgb(parts[1], parts[2], parts[3]);
}

function palette(index: string | undefined): LogColour | undefined {
  return byteValue(index);
}

function rgb(
  r: string | undefined,
  g: string | undefined,
  b: string | undefined,
): LogColour | undefined {
  const values = [byteValue(r), byteValue(g), byteValue(b)];
  if (values.includes(undefined)) return undefined;
  return `#${values.map((value) => (value ?? 0).toString(16).padStart(2, "0")).join("")}`;
}

function byteValue(text: string | undefined): number | undefined {
  const value = Number(text ?? "");
  return Number.isInteger(value) && value >= 0 && value <= 255 ? value : undefined;
}
