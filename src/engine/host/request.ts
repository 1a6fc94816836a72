// Invariant: a request holds all a host needs to run a build, so that any later host of the build
// runs it the same way; the environment is readable by its owner alone.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fingerprint, PlannedStage } from "../journal/events.ts";
import type { Environment } from "../process/environment.ts";
import { buildFiles } from "./build-files.ts";

/** A build as it was asked for. */
export interface BuildRequest {
  readonly workspace: string;
  readonly layout: "classic" | "modern";
  readonly targets: readonly string[];
  readonly keepGoing: boolean;
  readonly jobs?: number;
  readonly onEnd?: string;
  readonly umask: number;
  readonly plan: readonly PlannedStage[];
  /** What each stage is built from, as the plan saw it. */
  readonly fingerprints: Readonly<Record<string, Fingerprint>>;
}

/** Prefix of folders that are not builds yet: the host renames them once it owns the workspace. */
export const requestPrefix = ".new-";

/** Writes a request into a new folder below `root` (log/smartbuild) and returns the folder. */
export function writeRequest(
  root: string,
  request: BuildRequest,
  environment: Environment,
): string {
  mkdirSync(root, { recursive: true });
  const folder = mkdtempSync(join(root, requestPrefix));
  const files = buildFiles(folder);
  writeFileSync(files.environment, JSON.stringify(environment), { mode: 0o600 });
  writeFileSync(files.request, JSON.stringify(request));
  return folder;
}

/** Reads the request of a build. Throws when it is damaged: the folder was tampered with. */
export function readRequest(folder: string): BuildRequest {
  return JSON.parse(readFileSync(buildFiles(folder).request, "utf8")) as BuildRequest;
}

/** Reads the environment of the command that asked for the build. */
export function readEnvironment(folder: string): Environment {
  return JSON.parse(readFileSync(buildFiles(folder).environment, "utf8")) as Environment;
}
