// Invariant: what earlier builds tell of a stage is folded from their journals, newest build first.
import type { Fingerprint } from "./events.ts";
import { buildFolders, readBuild } from "./builds.ts";

/** What earlier builds tell of one stage. */
export interface StageRecord {
  /** What its last success was built from. */
  readonly fingerprint?: Fingerprint;
  /** Number of steps its last success had. */
  readonly steps?: number;
  /** True when it ran again after that and did not succeed. */
  readonly failedSince: boolean;
}

/** Records of the named stages; a stage that never ended in any build has none. */
export function stageRecords(root: string, names: readonly string[]): Map<string, StageRecord> {
  const records = new Map<string, StageRecord>();
  const failed = new Set<string>();
  const open = new Set(names);
  for (const folder of buildFolders(root)) {
    if (open.size === 0) break;
    for (const stage of readBuild(folder)?.stages ?? []) {
      if (!open.has(stage.name)) continue;
      const success = stage.attempts.findLast(({ state }) => state === "succeeded");
      if (stage.attempts.length > 0 && stage.attempts.at(-1) !== success) failed.add(stage.name);
      if (success === undefined) continue;
      open.delete(stage.name);
      records.set(stage.name, {
        ...(success.fingerprint === undefined ? {} : { fingerprint: success.fingerprint }),
        ...(success.steps === undefined ? {} : { steps: success.steps }),
        failedSince: failed.has(stage.name),
      });
    }
  }
  for (const name of open) if (failed.has(name)) records.set(name, { failedSince: true });
  return records;
}
