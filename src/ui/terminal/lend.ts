// Invariant: while another program has the terminal this one neither reads nor writes there.
import { spawnSync } from "node:child_process";
import { basename } from "node:path";

/** A program that gets the terminal for a while. */
export interface LentTo {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Said on the terminal before it begins. */
  readonly greeting?: string;
}

/** Runs it to its end; a sentence when it could not be started. */
export function runLent({ argv: [command = "", ...rest], cwd, env }: LentTo): string | undefined {
  // Ctrl-C there is meant for that program.
  const ignore = (): void => undefined;
  process.on("SIGINT", ignore);
  try {
    const { error } = spawnSync(command, rest, { cwd, env, stdio: "inherit" });
    return error === undefined ? undefined : `Cannot run ${command}: ${error.message}.`;
  } finally {
    process.off("SIGINT", ignore);
  }
}

/** The command that opens a file at a line, for the editor that the environment names. */
export function editorCommand(env: NodeJS.ProcessEnv, file: string, line: number): string[] {
  const named = env["VISUAL"]?.trim() || env["EDITOR"]?.trim() || "vi";
  const editor = named.split(/\s+/);
  const name = basename(editor[0] ?? "");
  if (/^(?:code|codium|code-insiders|cursor)$/.test(name)) {
    return [...editor, "--goto", `${file}:${String(line)}`];
  }
  if (/^(?:hx|helix|subl|zed)$/.test(name)) return [...editor, `${file}:${String(line)}`];
  return [...editor, `+${String(line)}`, file];
}
