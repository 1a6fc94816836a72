// Invariant: pure; words stay whole as long as one of them fits the width.
import { clip } from "./cells.ts";
import { textWidth } from "../text-width.ts";

/** A text in lines of at most `width` cells. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer) <= width) line = longer;
    else {
      if (line !== "") lines.push(line);
      line = clip(word, width);
    }
  }
  return [...lines, line];
}
