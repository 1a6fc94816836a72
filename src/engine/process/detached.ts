// Invariant: a detached process outlives its parent and its terminal; it talks back once, through
// descriptor 3, while it starts.
import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import type { Environment } from "./environment.ts";

/** The descriptor on which a detached process says how its start went. */
export const readyDescriptor = 3;

/**
 * Starts a process in a session of its own, its output appended to `log`. Resolves with the first
 * line it writes to descriptor 3, or undefined when it ends or closes that without a word.
 */
export function startDetached(
  argv: readonly string[],
  options: { readonly cwd: string; readonly environment: Environment; readonly log: string },
): Promise<string | undefined> {
  const log = openSync(options.log, "a", 0o644);
  const child = spawn(argv[0] ?? "", argv.slice(1), {
    cwd: options.cwd,
    env: options.environment,
    detached: true,
    stdio: ["ignore", log, log, "pipe"],
  });
  closeSync(log);
  child.unref();
  const ready = child.stdio[readyDescriptor];
  return new Promise((resolve) => {
    let text = "";
    const done = (line: string | undefined): void => {
      ready?.destroy();
      resolve(line);
    };
    child.once("error", () => {
      done(undefined);
    });
    ready?.on("data", (bytes: Buffer) => {
      text += bytes.toString("utf8");
      const end = text.indexOf("\n");
      if (end !== -1) done(text.slice(0, end));
    });
    ready?.once("close", () => {
      done(undefined);
    });
  });
}
