// Invariant: real trees are built inside a build zone: SunOS itself, or the command of a simulated
// one that SMARTBUILD_SIMZONE names. The simulated zone is not part of this repository.
import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";

/** Starts the bundled program. */
export const program = [process.execPath, join(import.meta.dirname, "../../dist/cli.js")] as const;

/** How commands of a tree are started. */
export interface Zone {
  /** Words before each command; none on SunOS. */
  readonly words: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * The zone for trees of a layout; undefined when there is none here. `state`: a home folder of its own,
 * below which the simulated zone remembers packages and devices.
 */
export function zoneFor(layout: "classic" | "modern", state?: string): Zone | undefined {
  const command = process.env["SMARTBUILD_SIMZONE"];
  if (command === undefined || command === "") {
    return process.platform === "sunos" ? { words: [], environment: {} } : undefined;
  }
  const words = [command, ...(layout === "classic" ? ["--classic"] : []), "--"];
  return { words, environment: state === undefined ? {} : { HOME: state } };
}

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly seconds: number;
}

/** Runs a command in the zone; both outputs go to the file `log`. */
export function inZone(zone: Zone, cwd: string, log: string, command: readonly string[]): Ended {
  const [program = "", ...args] = [...zone.words, ...command];
  const file = openSync(log, "w");
  const began = performance.now();
  try {
    const { status, error } = spawnSync(program, args, {
      cwd,
      stdio: ["ignore", file, file],
      env: { ...withoutNpm(), ...zone.environment, PWD: cwd },
    });
    if (error !== undefined) throw error;
    return { code: status, seconds: (performance.now() - began) / 1000 };
  } finally {
    closeSync(file);
  }
}

/** What a person's shell would give: nothing of npm or of the runner. */
function withoutNpm(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(CI|NODE_.*|npm_.*|INIT_CWD|MAKEFLAGS)$/.test(name),
  );
  return Object.fromEntries(own);
}
