// Invariant: pure; no line is wider than asked for, and the words are all there.
import { textWidth } from "../../text-width.ts";
import { clip } from "../../present/cells.ts";

/** A text as lines of at most `width` cells, broken at blanks where there are any. */
export function wrapped(text: string, width: number): readonly string[] {
  const room = Math.max(1, width);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (textWidth(longer) <= room) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    while (textWidth(line) > room) {
      // A character wider than the room still has to go somewhere.
      const part = clip(line, room) || (Array.from(line)[0] ?? "");
      lines.push(part);
      line = line.slice(part.length);
    }
  }
  return [...lines, line];
}

/**
 * A text as lines of at most `width` cells, broken behind a blank where one is in the last half of
 * the line; every blank stays.
 */
export function broken(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  do {
    const most = clip(rest, Math.max(1, width)) || (Array.from(rest)[0] ?? "");
    const isAll = most.length === rest.length || rest[most.length] === " ";
    const blank = isAll ? 0 : most.lastIndexOf(" ") + 1;
    const part = blank > most.length / 2 ? most.slice(0, blank) : most;
    lines.push(part);
    rest = rest.slice(part.length);
  } while (rest !== "");
  return lines;
}
