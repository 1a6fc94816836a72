// Invariant: reads backwards from a place in a log, at most 4 MB, and only as far as it must; what
// it returns are folders as the log writes them, nothing is looked up.
import { closeSync, openSync, readSync } from "node:fs";

const pieceBytes = 256 << 10;
const mostPieces = 16;
const mostFolders = 24;

const turn = /make(?:\[\d+\])?: (Entering|Leaving) directory [`'‘"](\/.+?)['’"]\r?$/;
/** nightly's makefiles print where they go by `pwd`. */
const pwd = /^\/[\w.+@-]+(?:\/[\w.+@-]+)+\r?$/;

/**
 * Folders in which the command that wrote at this offset may have run, the likeliest first: those
 * that make has entered and not left (GNU make's and dmake's lines), and lines that are a path and
 * nothing else, as `pwd` prints them.
 *
 * @param offset of the first byte of a line
 */
export function foldersAbove(path: string, offset: number): readonly string[] {
  const folders = new Set<string>();
  /** Folders left above, whose entering is still to come. */
  const left: string[] = [];
  for (const line of linesBefore(path, offset)) {
    const made = turn.exec(line);
    if (made !== null) {
      const [, way, folder = ""] = made;
      const at = left.lastIndexOf(folder);
      if (way === "Leaving") left.push(folder);
      else if (at === -1) folders.add(folder);
      else left.splice(at, 1);
    } else if (pwd.test(line)) folders.add(line.trimEnd());
    if (folders.size >= mostFolders) break;
  }
  return [...folders];
}

/** Lines above an offset, the last one first. */
function* linesBefore(path: string, offset: number): Generator<string> {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    const buffer = Buffer.alloc(pieceBytes);
    let rest = "";
    for (let piece = 0, end = offset; piece < mostPieces && end > 0; piece++) {
      const start = Math.max(0, end - pieceBytes);
      const length = readSync(file, buffer, 0, end - start, start);
      const lines = (buffer.toString("latin1", 0, length) + rest).split("\n");
      rest = lines.shift() ?? "";
      // A line of megabytes is none of those that are looked for.
      if (rest.length > pieceBytes) rest = "";
      for (const line of lines.toReversed()) yield utf8(line);
      end = start;
      if (start === 0) yield utf8(rest);
    }
  } catch {
    // A log that is gone names no folders.
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function utf8(line: string): string {
  return line.length > 4096 ? "" : Buffer.from(line, "latin1").toString("utf8");
}
