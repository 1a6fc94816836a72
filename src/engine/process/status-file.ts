// Invariant: a status file is as long from the start as it will ever be, so that writing into it
// needs no room on the disk: "PID        STATUS \n", blanks where nothing is known yet.
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";

const blank = `${" ".repeat(16)}\n`;

/** What the wrapper of a stage wrote. */
export interface WrapperStatus {
  /** Absent until the wrapper started. */
  readonly pid?: number;
  /** Exit status of the command as sh has it (128 + signal); absent until it ended. */
  readonly exitCode?: number;
}

/** Fills the file, and the file `go` that the wrapper removes as its first act. */
export function prepareStatusFile(path: string, go: string): void {
  const file = openSync(path, "w", 0o644);
  writeSync(file, blank);
  fsyncSync(file);
  closeSync(file);
  writeFileSync(go, "");
}

/** Reads what the wrapper wrote so far; a missing or damaged file says nothing. */
export function readStatusFile(path: string): WrapperStatus {
  let text: string;
  try {
    text = readFileSync(path, "latin1");
  } catch {
    return {};
  }
  const match = /^(\d+) +(?:(\d+) *)?$/m.exec(text);
  if (match?.[1] === undefined) return {};
  return {
    pid: Number(match[1]),
    ...(match[2] === undefined ? {} : { exitCode: Number(match[2]) }),
  };
}

/**
 * Keeps a wrapper that has not begun from ever beginning: exactly one of this call and the wrapper
 * removes the file `go`. True when the wrapper will never run its command.
 */
export function forbidStart(go: string): boolean {
  try {
    // unlink(2): rmSync does not tell whether it was we who removed it.
    unlinkSync(go);
    return true;
  } catch {
    return false;
  }
}
