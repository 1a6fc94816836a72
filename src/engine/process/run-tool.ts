// Invariant: a tool is run without a shell, without questions and with its output in memory; its
// failure is a value.
/** How a tool ended and what it printed. */
export interface ToolResult {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a short-lived tool to its end. A missing tool is a failure like any other. */
export async function runTool(
  program: string,
  argv: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>> = {},
  /** Ended after so long; 0: never. */
  timeoutMs = 0,
): Promise<ToolResult> {
  // Loaded with the first tool: a host that runs none starts without it.
  const { execa } = await import("execa");
  const result = await execa(program, argv, {
    cwd,
    env: { GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", LC_ALL: "C", ...environment },
    stdin: "ignore",
    reject: false,
    stripFinalNewline: false,
    timeout: timeoutMs,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { ok: !result.failed, stdout: result.stdout, stderr: result.stderr };
}
