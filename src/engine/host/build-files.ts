// Invariant: every file of a build is named here and lies in its folder; a stage's name becomes a
// file name by writing its slash as a plus.
import { join } from "node:path";

/** Names of a stage attempt's files, below the build's folder. */
export interface AttemptFiles {
  readonly log: string;
  readonly status: string;
  readonly go: string;
  readonly times: string;
}

/** The files of one attempt at a stage. */
export function attemptFiles(stage: string, attempt: number): AttemptFiles {
  const stem = `${stage.replaceAll("/", "+")}.${attempt}`;
  return {
    log: `${stem}.log`,
    status: `${stem}.status`,
    go: `${stem}.go`,
    times: `${stem}.times`,
  };
}

/**
 * Name under which a further log of the attempt is kept, e.g. `illumos.1.nightly.log`; what a tool
 * puts into the name each time is left out.
 */
export function keptLogName(stage: string, attempt: number, path: string): string {
  const name = path.split("/").at(-1)?.replace(".*", "") ?? "log";
  return `${stage.replaceAll("/", "+")}.${attempt}.${name}`;
}

/** Files of a build as a whole. */
export function buildFiles(folder: string): {
  readonly request: string;
  readonly environment: string;
  readonly hostPid: string;
  readonly hostLog: string;
  readonly commands: string;
} {
  return {
    request: join(folder, "request.json"),
    environment: join(folder, "environment.json"),
    hostPid: join(folder, "host.pid"),
    hostLog: join(folder, "host.log"),
    commands: join(folder, "commands"),
  };
}
