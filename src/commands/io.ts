// Invariant: a command touches the outside world only through its Io; it returns its exit code.
import type { Failure } from "../engine/result.ts";
import { exitCodes } from "../engine/exit-codes.ts";
import { folded } from "../ui/present/folded.ts";

/** What a command is given. */
export interface Io {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly version: string;
  /** Command that starts smartbuild again. */
  readonly program: readonly string[];
}

/** A command of smartbuild; returns the exit code. */
export type Command = (argv: readonly string[], io: Io) => Promise<number>;

/** Prints a line; on a terminal it is broken between words where it is too long. */
export function tell(stream: NodeJS.WriteStream, line: string): void {
  // A pipe has neither; a terminal may not know its size.
  const lines = stream.isTTY ? folded(line, stream.columns || 80) : [line];
  stream.write(`${lines.join("\n")}\n`);
}

/** Prints a failure: what is wrong, and what to do next. Returns its exit code. */
export function report(io: Io, failure: Failure): number {
  tell(io.stderr, `smartbuild: ${failure.message}`);
  if (failure.advice !== undefined) tell(io.stderr, `  ${failure.advice}`);
  return exitCodes[failure.kind];
}

/** True when a person sits at a terminal, whatever kind it is. */
export function isAttended(io: Io): boolean {
  const ci = io.env["CI"];
  const isCi = ci !== undefined && ci !== "" && ci !== "0" && ci !== "false";
  return io.stdin.isTTY && io.stdout.isTTY && !isCi;
}

/** True when a person sits at a terminal that can be drawn on. */
export function canDraw(io: Io): boolean {
  return isAttended(io) && io.env["TERM"] !== "dumb";
}
