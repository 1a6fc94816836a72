// Invariant: as many segments are compressed at a time as there are cores, unless a person says
// otherwise.
import { availableParallelism } from "node:os";

/** Read by libuv when its pool starts: too late once a program has read its first file. */
const variable = "UV_THREADPOOL_SIZE";

/** What the pool has when nobody says anything. */
const usual = 4;

/**
 * The environment that a process needs to compress on all cores: empty where the usual pool is
 * enough or `environment` names a size of its own.
 */
export function compressThreads(
  environment: NodeJS.ProcessEnv,
  cores = availableParallelism(),
): Readonly<Record<string, string>> {
  if (environment[variable] !== undefined || cores <= usual) return {};
  return { [variable]: String(cores) };
}
