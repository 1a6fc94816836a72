// Invariant: a pipe gets the log's own bytes, but for passwords; a terminal gets cleaned lines only.
import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { attemptFiles } from "../engine/host/build-files.ts";
import { readBuild } from "../engine/journal/builds.ts";
import { cleanText } from "../engine/logs/clean.ts";
import { hidePasswordBytes } from "../engine/logs/hide-passwords.ts";
import { LogFollower, type FollowedLine } from "../engine/logs/follow.ts";
import { fail } from "../engine/result.ts";
import { findBuild } from "./builds.ts";
import { printProblem } from "./problem-extract.ts";
import { report, type Command, type Io } from "./io.ts";
import { helpText, parse, rootOption, type Usage } from "./options.ts";

export const logsUsage: Usage = {
  synopsis: "logs STAGE",
  summary: "Prints the log of a stage of the newest build.",
  options: {
    ...rootOption,
    build: { type: "string", value: "NAME", help: "another build than the newest" },
    attempt: { type: "string", value: "N", help: "another attempt than the latest" },
    problem: {
      type: "string",
      value: "K",
      help: "the lines of its K-th problem and three around them",
    },
    follow: { type: "boolean", short: "f", help: "go on until the stage ends" },
  },
};

const longestLine = 4000;
const pollMs = 100;
const chunkBytes = 1 << 18;
/** A line that is longer is passed on in pieces. */
const longestBegun = 1 << 20;

/** `smartbuild logs` */
export const logsCommand: Command = async (argv, io) => {
  const parsed = parse(argv, logsUsage);
  if (!parsed.ok) return report(io, parsed.failure);
  const { flags, values, words } = parsed.value;
  if (flags.has("help")) {
    io.stdout.write(helpText(logsUsage));
    return 0;
  }
  const found = await findBuild(io, values.get("root"), values.get("build"));
  if (!found.ok) return report(io, found.failure);
  const { folder, state } = found.value;
  const stage = state.stages.find(({ name }) => name === words[0]);
  if (stage === undefined) {
    const names = state.stages.map(({ name }) => name).join(", ");
    return report(io, fail("usage", `Which stage? ${state.build} has: ${names}.`).failure);
  }
  const wanted = values.get("attempt");
  const attempt =
    wanted === undefined
      ? stage.attempts.at(-1)
      : stage.attempts.find(({ number }) => String(number) === wanted);
  if (attempt === undefined && !(flags.has("follow") && stage.state === "pending")) {
    const why =
      stage.attempts.length === 0
        ? `${stage.state}: ${stage.reasons.join("; ")}`
        : `it has ${stage.attempts.length}`;
    return report(
      io,
      fail("bad-input", `There is no such attempt at ${stage.name} in ${state.build} (${why}).`)
        .failure,
    );
  }
  const number = attempt?.number ?? 1;
  const which = values.get("problem");
  if (which !== undefined) {
    return printProblem(io, found.value, { stage: stage.name, attempt: number }, which);
  }
  const isOver = (): boolean => {
    const now = readBuild(folder);
    const own = now?.stages
      .find(({ name }) => name === stage.name)
      ?.attempts.find((one) => one.number === number);
    return now?.state !== "running" || (own !== undefined && own.state !== "running");
  };
  const path = join(folder, attemptFiles(stage.name, number).log);
  const atEnd = flags.has("follow") ? isOver : (): boolean => true;
  if (io.stdout.isTTY) await printLines(io, path, atEnd);
  else await copyBytes(io, path, atEnd);
  return 0;
};

/** Prints cleaned lines as they come, until the log is at its end and `isOver`. */
async function printLines(io: Io, path: string, isOver: () => boolean): Promise<void> {
  const follower = new LogFollower(path);
  const print = (line: FollowedLine): void => {
    io.stdout.write(`${cleanText(line.text, longestLine)}\n`);
  };
  while (io.stdout.writable) {
    const over = isOver();
    const part = follower.poll();
    for (const line of part.lines) print(line);
    if (part.more) continue;
    if (over) {
      const last = follower.flush();
      if (last !== undefined) print(last);
      break;
    }
    await wait(pollMs);
  }
  follower.close();
}

/** Copies the bytes of the log as they come, until it is at its end and `isOver`. */
async function copyBytes(io: Io, path: string, isOver: () => boolean): Promise<void> {
  const pipe = new AbortController();
  io.stdout.once("error", () => {
    pipe.abort();
  });
  const write = (bytes: Buffer): Promise<unknown> =>
    new Promise((resolve) => io.stdout.write(hidePasswordBytes(bytes), resolve));
  const chunk = Buffer.allocUnsafe(chunkBytes);
  let position = 0;
  // A line that a read cut in two would show its password.
  let begun: Buffer = Buffer.alloc(0);
  while (!pipe.signal.aborted) {
    const over = isOver();
    const length = readAt(path, chunk, position);
    position += length;
    const bytes = Buffer.concat([begun, chunk.subarray(0, length)]);
    const isIdle = length === 0 || bytes.length > longestBegun;
    const end = isIdle ? bytes.length : bytes.lastIndexOf(0x0a) + 1;
    begun = bytes.subarray(end);
    if (end > 0) await write(bytes.subarray(0, end));
    else if (over && length === 0) break;
    else if (length === 0) await wait(pollMs);
  }
}

/** Bytes read at a position; 0 at the end, or while there is no log. */
function readAt(path: string, into: Buffer, position: number): number {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return 0;
  }
  try {
    return readSync(file, into, 0, into.length, position);
  } finally {
    closeSync(file);
  }
}
