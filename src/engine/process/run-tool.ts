// Invariant: a tool is run without a shell, without questions and with its output in memory; its
// failure is a value.
import { execFile } from "node:child_process";

/** How a tool ended and what it printed. */
export interface ToolResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a short-lived tool to its end. A missing tool is a failure like any other. Node's own
 * execFile: every console runs git as it starts, and to load execa for it takes longer than git.
 */
export function runTool(
  program: string,
  argv: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
  /** Ended after so long; 0: never. */
  timeoutMs = 0,
): Promise<ToolResult> {
  const quiet = { GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C" };
  const options = {
    cwd,
    env: { ...process.env, ...quiet, ...environment },
    timeout: timeoutMs,
    maxBuffer: 64 * 1024 * 1024,
  };
  return new Promise((resolve) => {
    const child = execFile(program, argv, options, (error, stdout, stderr) => {
      resolve({ ok: error === null, stdout, stderr });
    });
    child.stdin?.end();
  });
}
