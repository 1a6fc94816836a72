// Invariant: pure; the pieces are in order and without overlap, nothing in them is changed, and with
// one cell for each part that is left out they fit the width.
import type { LineKind, Piece } from "../model.ts";
import { textWidth } from "../text-width.ts";
import { clip } from "./cells.ts";

/** In fewer cells a start and an end would tell nothing. */
const leastToSplit = 24;
/** Cells of the line before what is searched for. */
const beforeHit = 8;
/** An end begins with a word, or a name in a path, where one begins within so many characters. */
const nextWord = 8;
/** A command, with options or another one behind it, or whatever ends in a path. */
const endMatters = /\s-\w|&& |\s\S*\/\S*$/;

/** make and what it does: `gmake[1]: Entering `. */
const makeSays = /^(?:\w*make|dmake)(?:\[\d+\])?: \S+ /;

/** A line that is too long for its place. */
export interface LongLine {
  readonly text: string;
  readonly kind: LineKind | undefined;
  readonly hits?: readonly Piece[];
  /** The line goes on, so that its end is not known. */
  readonly cut: boolean;
}

/**
 * What is shown of a line that is too long. Of a command its name and its end, where it tells what
 * is worked on; of a message the file without its folders, and the words; of a sentence its start; in
 * any case what is searched for.
 */
export function linePieces(line: LongLine, width: number): readonly Piece[] {
  const { text, kind, hits = [] } = line;
  const pieces =
    kind === "failure" || kind === "warning" || kind === "cause"
      ? [messageOf(text, width)]
      : line.cut || width < leastToSplit || !endMatters.test(text)
        ? [from(text, 0, width - 1)]
        : endsOf(text, width);
  const [hit] = hits;
  if (hit === undefined || hits.some((one) => pieces.some((piece) => isWithin(one, piece)))) {
    return pieces;
  }
  return [from(text, Math.max(0, hit.start - beforeHit), width - 2)];
}

/** A message from its file on, without the folders before that. */
function messageOf(text: string, width: number): Piece {
  const folders = /^["']?\/?(?:[\w.+@-]+\/)+(?=[\w.+@-]+["']?[:(,])/.exec(text)?.[0].length ?? 0;
  if (folders === 0 || width < leastToSplit) return from(text, 0, width - 1);
  const whole = from(text, folders, width - 1);
  return whole.end === text.length ? whole : from(text, folders, width - 2);
}

/** A third of the width for what is done, the rest for what it is done to. */
function endsOf(text: string, width: number): readonly Piece[] {
  const head = headOf(text, Math.floor(width / 3));
  const used = textWidth(text.slice(head.start, head.end)) + (head.start > 0 ? 2 : 1);
  return [head, tailOf(text, width - used, head.end)];
}

/** At most so many cells of the start, up to a word; of a program its name without the folders. */
function headOf(text: string, most: number): Piece {
  const said = makeSays.exec(text)?.[0] ?? "";
  if (said !== "" && said.length <= 1.5 * most) return { start: 0, end: said.length };
  const [, folders = "", name = ""] = /^(\/?(?:[^\s/]+\/)+)([^\s/]+ )/.exec(text) ?? [];
  if (textWidth(folders + name) > most && name !== "" && textWidth(name) <= most) {
    return { start: folders.length, end: folders.length + name.length };
  }
  const start = clip(text, most);
  const blank = start.lastIndexOf(" ");
  return { start: 0, end: blank > 0 ? blank + 1 : start.length };
}

/** The end of a line after an offset, at most so many cells; from a word on where one is near. */
function tailOf(text: string, width: number, after: number): Piece {
  const end = text.length;
  let start = end;
  let left = width;
  for (const character of Array.from(text.slice(after)).reverse()) {
    left -= textWidth(character);
    if (left < 0) break;
    start -= character.length;
  }
  if (/[\s/]/.test(text[start] ?? "")) return { start, end };
  const near = /[\s/](?=\S)/.exec(text.slice(start, start + nextWord))?.index ?? 0;
  return { start: start + near, end };
}

function from(text: string, start: number, width: number): Piece {
  return { start, end: start + clip(text.slice(start), width).length };
}

function isWithin(inner: Piece, outer: Piece): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
