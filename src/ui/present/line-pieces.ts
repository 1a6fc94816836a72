// Invariant: pure; the pieces are in order and without overlap, nothing in them is changed, and with
// one cell for each part that is left out they fit the width.
import type { LineKind, Piece } from "../model.ts";
import { textWidth } from "../text-width.ts";
import { clip, clipStart } from "./cells.ts";

/** In fewer cells a start and an end would tell nothing. */
const leastToSplit = 16;
/** Cells of the line before what is searched for. */
const beforeHit = 8;
/** An end begins with a word, or a name in a path, where one begins within so many characters. */
const nextWord = 8;
/** A command, with options or another one behind it, or whatever ends in a path. */
const endMatters = /\s-\w|&& |\s\S*\/\S*$/;
/** Words that a person wrote: `Configuration complete.`, `NOTICE: Building ...`, `==> Building`. */
const sentence = /^\W*[A-Z][A-Za-z]*[,:.]?\s/;
/** The last word is a path, but for one like `done`. */
const pathAtEnd = /\s['"`(‘]?(?=[\w.+@~-]*\/\S*(?: \w{1,8})?$)/;
/** Fewer cells of a path would tell nothing. */
const leastPath = 10;
/** A path and nothing else, as `pwd` prints it. */
const pathAlone = /^\s*[^\s[]*\/\S*$/;
/** What goes into an image: `FILE: [usr/bin/ls][0555][root/0][bin/2]: OK (/build/proto)`. */
const delivery = /^(\w+: \[)[^\]]*\]/;
/** A compiler at work; what it compiles stands anywhere among its options. */
const compiles = /^\W*(?:\S*\/)?[\w.-]*(?:cc|[cg]\+\+|clang|cw)(?:-[\d.]+)? (?:.* )?-c /;
const sourceFile = /(?<=\s)[^-\s]\S*\.(?:c|cc|cpp|cxx|C|s|S)(?=\s|$)/;

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
 * is worked on, of a compiler's the file that it compiles; of a message the file without its folders,
 * and the words; of a sentence its start, and of a path its end; in any case what is searched for.
 */
export function linePieces(line: LongLine, width: number): readonly Piece[] {
  const { text, kind, hits = [] } = line;
  const pieces =
    kind === "failure" || kind === "warning" || kind === "cause"
      ? [messageOf(text, width)]
      : quietPieces(line, width);
  const [hit] = hits;
  if (hit === undefined || hits.some((one) => pieces.some((piece) => isWithin(one, piece)))) {
    return pieces;
  }
  return [from(text, Math.max(0, hit.start - beforeHit), width - 2)];
}

/** Of a line that tells of no problem. */
function quietPieces({ text, cut }: LongLine, width: number): readonly Piece[] {
  const start = [from(text, 0, width - 1)];
  if (width < leastToSplit) return start;
  const [named, label = ""] = delivery.exec(text) ?? [];
  if (named !== undefined) {
    if (textWidth(named) < width) return start;
    const name = tailOf(text.slice(0, named.length), width - label.length - 2, label.length);
    return [{ start: 0, end: label.length }, name];
  }
  if (cut) return start;
  if (pathAlone.test(text)) return [pathEndOf(text, width - 1, 0)];
  if (compiles.test(text)) return compilerOf(text, width);
  if (sentence.test(text)) return sentenceOf(text, width);
  return endMatters.test(text) ? endsOf(text, width) : start;
}

/** The words, and the end of the path behind them, if there is one that has room. */
function sentenceOf(text: string, width: number): readonly Piece[] {
  const last = pathAtEnd.exec(text);
  if (last === null) return [from(text, 0, width - 1)];
  const words = { start: 0, end: last.index + last[0].length };
  const room = width - 1 - textWidth(text.slice(0, words.end));
  if (room >= leastPath) return [words, pathEndOf(text, room, words.end)];
  return text[words.end] === "/" ? endsOf(text, width) : [from(text, 0, width - 1)];
}

/** The name of a compiler and its end, or, where that is not the file it compiles, from that on. */
function compilerOf(text: string, width: number): readonly Piece[] {
  const ends = endsOf(text, width);
  const source = sourceFile.exec(text);
  if (source === null) return ends;
  const start = source.index;
  const end = start + source[0].length;
  if (ends.some((piece) => isWithin({ start, end }, piece))) return ends;
  const head = headOf(text, Math.floor(width / 3));
  const room = width - textWidth(text.slice(head.start, head.end)) - (head.start > 0 ? 3 : 2);
  if (textWidth(source[0]) <= room) return [head, from(text, start, room)];
  return [head, tailOf(text.slice(0, end), room, head.end)];
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
  if (head.end === 0) return [tailOf(text, width - 1, 0)];
  const used = textWidth(text.slice(head.start, head.end)) + (head.start > 0 ? 2 : 1);
  return [head, tailOf(text, width - used, head.end)];
}

/** At most so many cells of the start, up to a word; of a program its name without the folders. */
function headOf(text: string, most: number): Piece {
  const said = makeSays.exec(text)?.[0] ?? "";
  if (said !== "" && said.length <= 1.5 * most) return { start: 0, end: said.length };
  const does = said.indexOf(": ") + 2;
  if (said !== "" && said.length - does <= 1.5 * most) return { start: does, end: said.length };
  // What goes on from the line above says it all behind its indent.
  if (/^\s{4}/.test(text)) return { start: 0, end: 0 };
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
  const start = end - clipStart(text.slice(after), width).length;
  if (/[\s/]/.test(text[start] ?? "")) return { start, end };
  const near = /[\s/](?=\S)/.exec(text.slice(start, start + nextWord))?.index ?? 0;
  return { start: start + near, end };
}

/** The end of a path, from a whole name on unless that is next to nothing. */
function pathEndOf(text: string, width: number, after: number): Piece {
  const { start, end } = tailOf(text, width, after);
  const slash = text.indexOf("/", start);
  return slash === -1 || end - slash < leastPath ? { start, end } : { start: slash, end };
}

function from(text: string, start: number, width: number): Piece {
  return { start, end: start + clip(text.slice(start), width).length };
}

function isWithin(inner: Piece, outer: Piece): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
