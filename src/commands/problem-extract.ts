// Invariant: an extract is a handful of lines; a terminal gets them cleaned, a pipe as they
// are but for passwords.
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { linesOfSpan } from "../engine/diagnosis/diagnose-file.ts";
import type { LogSpan, Problem } from "../engine/journal/events.ts";
import type { BuildState } from "../engine/journal/state.ts";
import { cleanText } from "../engine/logs/clean.ts";
import { hidePasswords } from "../engine/logs/hide-passwords.ts";
import { fail } from "../engine/result.ts";
import { report, type Io } from "./io.ts";

const contextLines = 3;
/** Read on each side of the span for its context. */
const contextBytes = 1 << 16;
const longestSpanBytes = 1 << 20;
const longestLine = 4000;

/**
 * Prints the lines of the k-th problem (1-based, the cause first) of an attempt, each with its
 * number and a mark where it proves the problem. Returns the exit code.
 */
export function printProblem(
  io: Io,
  { folder, state }: { readonly folder: string; readonly state: BuildState },
  where: { readonly stage: string; readonly attempt: number },
  which: string,
): number {
  const own = state.problems.filter(
    ({ stage, attempt }) => stage === where.stage && attempt === where.attempt,
  );
  const problem = /^[1-9]\d*$/.test(which) ? own[Number(which) - 1] : undefined;
  if (problem === undefined) {
    const message = `${where.stage} has ${own.length === 0 ? "no problems" : `problems 1 to ${String(own.length)}`}, not ${cleanText(which, 40)}.`;
    return report(io, fail("bad-input", message, "See them all: smartbuild problems").failure);
  }
  const { span } = problem;
  if (span === undefined) {
    io.stdout.write(`${problem.summary}\n  No line of the log shows it${placeText(problem)}.\n`);
    return 0;
  }
  const path = join(folder, span.log);
  const lines = problem.lines ?? linesOfSpan(path, span.start, span.end);
  const range = "ok" in lines ? (lines.ok ? lines.value : undefined) : lines;
  const extract = range === undefined ? undefined : read(path, span);
  if (range === undefined || extract === undefined) {
    return report(io, fail("bad-input", `Cannot read ${path}.`).failure);
  }
  const first = range[0] - extract.before;
  const width = String(first + extract.lines.length - 1).length;
  io.stdout.write(`${span.log}, problem ${which} of ${String(own.length)}: ${problem.summary}\n`);
  extract.lines.forEach((line, index) => {
    const number = first + index;
    const mark = number >= range[0] && number <= range[1] ? ">" : " ";
    const text = io.stdout.isTTY ? cleanText(line, longestLine) : hidePasswords(line);
    io.stdout.write(`${mark} ${String(number).padStart(width)}  ${text}\n`);
  });
  return 0;
}

function placeText({ manifest, manifestLine }: Problem): string {
  return manifest === undefined ? "" : `; ${manifest}:${String(manifestLine ?? 1)} asks for it`;
}

/** The lines of a span, with some around them; `before`: how many stand above. */
function read(
  path: string,
  { start, end }: LogSpan,
): { readonly lines: readonly string[]; readonly before: number } | undefined {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return undefined;
  }
  try {
    const part = (from: number, to: number): string => {
      const bytes = Buffer.alloc(to - from);
      return bytes.toString("utf8", 0, readSync(file, bytes, 0, bytes.length, from));
    };
    const until = Math.min(end, start + longestSpanBytes);
    const above = part(Math.max(0, start - contextBytes), start)
      .split("\n")
      .slice(0, -1);
    const before = above.slice(-contextLines);
    const within = withoutNewline(part(start, until)).split("\n");
    const after = withoutNewline(part(until, until + contextBytes));
    const below = after === "" ? [] : after.split("\n").slice(0, contextLines);
    return { lines: [...before, ...within, ...below], before: before.length };
  } finally {
    closeSync(file);
  }
}

function withoutNewline(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : text;
}
