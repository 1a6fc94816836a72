// Invariant: reads a file once, in pieces; a file that cannot be read is a failure, not a throw.
import { Buffer } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { countNewlines } from "../logs/newlines.ts";
import { fail, ok, type Result } from "../result.ts";
import type { LogEnd } from "./diagnoser.ts";
import type { FoundProblem, LineRange } from "./found-problem.ts";
import { LogScan } from "./log-scan.ts";

const pieceBytes = 1 << 20;

/** The problems of a log, cause first. Failure `bad-input` when it cannot be read. */
export function diagnoseFile(path: string, end: LogEnd = {}): Result<readonly FoundProblem[]> {
  const scan = new LogScan();
  const read = eachPiece(path, (piece) => {
    scan.push(piece);
    return true;
  });
  return read.ok ? ok(scan.finish(end)) : read;
}

/**
 * The lines that hold a span of bytes.
 *
 * @param start offset of the first byte
 * @param end offset of the byte after the last
 * @returns 1-based; failure `bad-input` when the log cannot be read
 */
export function linesOfSpan(path: string, start: number, end: number): Result<LineRange> {
  let [offset, first, last] = [0, 1, 1];
  const until = Math.max(start, end - 1);
  const read = eachPiece(path, (piece) => {
    const within = (to: number): number =>
      countNewlines(piece, 0, Math.max(0, Math.min(piece.length, to - offset)));
    first += within(start);
    last += within(until);
    offset += piece.length;
    return offset < until;
  });
  return read.ok ? ok([first, last]) : read;
}

/** Reads on while `take` returns true. */
function eachPiece(path: string, take: (piece: Buffer) => boolean): Result<undefined> {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, "r");
    const bytes = Buffer.alloc(pieceBytes);
    for (;;) {
      const read = readSync(descriptor, bytes);
      if (read === 0 || !take(bytes.subarray(0, read))) return ok(undefined);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return fail("bad-input", `Cannot read ${path}: ${reason}`);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
