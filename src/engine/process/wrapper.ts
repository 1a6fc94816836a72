// Invariant: a stage's command runs in a session of its own, its output goes straight into its log,
// and its exit status reaches the status file even when every smartbuild process is dead.
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import type { Environment } from "./environment.ts";
import { prepareStatusFile } from "./status-file.ts";

/**
 * POSIX sh. One descriptor of the log serves stdout and stderr. Signals are caught, not ignored, so that the command starts with them at their default.
 * The pid stands in the status file before the command can run, and is not written by a wrapper that
 * comes when another has its place. `1<>` writes in place. As its last
 * act it starts a new host when the build's host is dead; kill -0 takes a zombie, which nobody may
 * ever reap in a container, for alive.
 */
const script = `
trap : HUP INT TERM
status=$1 go=$2 log=$3 hostpid=$4 revive=$5
shift 5
exec >>"$log" 2>&1
[ -e "$go" ] || exit 0
printf '%-10d ' $$ 1<>"$status"
rm "$go" 2>/dev/null || exit 0
"$@"
printf '%-10d %-4d' $$ $? 1<>"$status"
unset SMARTBUILD_STAGE
read -r host <"$hostpid"
lives() {
  kill -0 "$1" 2>/dev/null || return 1
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 0
  case $stat in *') '[ZXx]' '*) return 1 ;; esac
}
lives "$host" || eval "$revive" </dev/null >/dev/null 2>&1
`;

/** What is needed to start a stage. All paths absolute. */
export interface WrappedCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly environment: Environment;
  readonly log: string;
  readonly status: string;
  readonly go: string;
  /** File that holds the pid of the build's host. */
  readonly hostPid: string;
  /** Command that starts a new host for the build. */
  readonly revive: readonly string[];
}

/** A started wrapper. */
export interface Wrapper {
  /** Also the id of its session; undefined when it could not be started. */
  readonly pid: number | undefined;
  /** Settles when the wrapper ended, with a sentence when it could not be started. */
  readonly ended: Promise<string | undefined>;
}

/** Starts the command. Throws only when log or status file cannot be made. */
export function startWrapped(command: WrappedCommand): Wrapper {
  prepareStatusFile(command.status, command.go);
  closeSync(openSync(command.log, "a", 0o644));
  const revive = command.revive.map(quote).join(" ");
  const child = spawn(
    "/bin/sh",
    [
      "-c",
      script,
      "smartbuild-stage",
      command.status,
      command.go,
      command.log,
      command.hostPid,
      revive,
      ...command.argv,
    ],
    {
      cwd: command.cwd,
      env: command.environment,
      detached: true,
      stdio: "ignore",
    },
  );
  const ended = new Promise<string | undefined>((resolve) => {
    child.once("error", (error) => {
      // Node says ENOENT of the program when it is the folder that is missing.
      const reason = existsSync(command.cwd) ? error.message : `there is no folder ${command.cwd}`;
      resolve(`the stage could not be started: ${reason}`);
    });
    child.once("exit", () => {
      resolve(undefined);
    });
  });
  return { pid: child.pid, ended };
}

/** A word quoted for sh. */
function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
