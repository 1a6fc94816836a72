// Invariant: only a terminal that some program has left raw is touched, and only by whoever has it in
// the foreground.
import { spawnSync } from "node:child_process";

/**
 * Makes a terminal that was found raw one to type in again: the program before this one, maybe a
 * console, was killed in it, and not every shell mends that. To be called when the user has left by
 * a key, so that this process is in the foreground: another one would be stopped by the attempt.
 */
export function mendRawTerminal(): void {
  // stty speaks of its stdin.
  const found = spawnSync("stty", ["-a"], {
    stdio: ["inherit", "pipe", "ignore"],
    encoding: "utf8",
  });
  const isRaw = /(?:^|\s)-icanon\b/.test(found.stdout) && /(?:^|\s)-echo\b/.test(found.stdout);
  // Node gives the terminal back as it was found, at its very end: that is the place to take.
  if (isRaw) process.on("exit", endInStty);
}

/** Node has execve from 22.15 on; before, the terminal stays as it was found. */
function endInStty(code: number): void {
  const argv = ["sh", "-c", 'stty sane; exit "$0"', String(code)];
  try {
    process.execve?.("/bin/sh", argv, process.env);
  } catch {
    // A system without it.
  }
}
