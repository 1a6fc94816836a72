// Invariant: pure; no character is lost, and words stay whole as long as one of them fits the width.
import { clip } from "./cells.ts";
import { textWidth } from "../text-width.ts";

/** A text in lines of at most `width` cells. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = broken(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  return [...lines, line];
}

/** A word in pieces of at most `width` cells: one, where it fits. */
function broken(word: string, width: number): readonly string[] {
  const pieces: string[] = [];
  let rest = word;
  while (textWidth(rest) > width) {
    // A character that is wider than the screen has to go somewhere.
    const piece = clip(rest, Math.max(1, width)) || (Array.from(rest)[0] ?? "");
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest];
}
