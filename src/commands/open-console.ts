// Invariant: the console's end is told by its exit code alone: the build's, or a signal's.
import { readUserConfig } from "../engine/settings/user-config.ts";
import type { Workspace } from "../engine/workspace/workspace.ts";
import { runConsole } from "../ui/console.tsx";
import { consolePorts } from "./console-ports.ts";
import type { Io } from "./io.ts";
import { markInOneGo } from "./quiet-heap.ts";
import { drawingOutput } from "./visible-output.ts";

/** Exit codes as of a program that a signal ended: 128 and its number. */
const signalCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Shows a build until its user leaves; the exit code is the build's once it has ended. */
export async function openConsole(
  io: Io,
  workspace: Workspace,
  buildFolder: string | undefined,
  ascii = false,
): Promise<number> {
  markInOneGo();
  const exit = await runConsole({
    workspace: { root: workspace.root, layout: workspace.layout },
    ...(buildFolder === undefined ? {} : { buildFolder }),
    stdin: io.stdin,
    stdout: drawingOutput(io.stdout),
    env: io.env,
    cwd: io.cwd,
    version: io.version,
    ascii,
    user: readUserConfig(io.env),
    ports: consolePorts(io, workspace),
  });
  switch (exit.how) {
    case "quit":
      return exit.build?.exitCode ?? 0;
    case "signal":
      return signalCodes[exit.signal];
    case "error":
      throw exit.error;
  }
}
