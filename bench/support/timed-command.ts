// Invariant: a command is timed from its start to its end, with the most memory it held; one that is
// not installed or fails has no figures.
import { spawnSync } from "node:child_process";

/** Figures of one run of a program. */
export interface CommandFigures {
  readonly ms: number;
  readonly memoryMb: number;
  readonly stdout: string;
}

/**
 * Runs a command under time(1), its output read and not shown.
 *
 * @param statuses exit statuses that count as success
 */
export function timeCommand(
  argv: readonly string[],
  statuses: readonly number[] = [0],
): CommandFigures | undefined {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync("time", ["-f", "%M KiB at most", ...argv], {
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    env: { ...process.env, TERM: "xterm", LESS: "" },
    maxBuffer: 1 << 28,
    timeout: 300_000,
  });
  const ms = performance.now() - started;
  const memory = /(\d+) KiB at most/.exec(stderr);
  if (status === null || !statuses.includes(status) || memory === null) return undefined;
  return { ms, memoryMb: Number(memory[1]) / 1024, stdout };
}

/** The first line that `program --version` prints, where it is installed. */
export function versionOf(program: string): string | undefined {
  const { status, stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  return status === 0 ? stdout.split("\n")[0] : undefined;
}
