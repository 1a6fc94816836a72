// Invariant: pure; the time of a build is what was worked: nothing after its end, and nothing between
// an end and a retry.
import type { BuildState } from "./state.ts";

/**
 * Milliseconds that a build has taken so far, or took.
 *
 * @param now milliseconds of the epoch
 */
export function workedMs(
  { startedAt, durationMs, idleMs = 0 }: Pick<BuildState, "startedAt" | "durationMs" | "idleMs">,
  now: number,
): number {
  return durationMs ?? Math.max(0, now - Date.parse(startedAt) - idleMs);
}
