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
  /** When its latest run ended, ms of the epoch. */
  readonly lastEndedAt: number;
}

/** Records of the named stages; a stage that never ended in any build has none. */
export function stageRecords(root: string, names: readonly string[]): Map<string, StageRecord> {
  const records = new Map<string, StageRecord>();
  const open = new Set(names);
  for (const folder of buildFolders(root)) {
    if (open.size === 0) break;
    for (const stage of readBuild(folder)?.stages ?? []) {
      const last = stage.attempts.at(-1);
      if (last?.endedAt === undefined || !open.has(stage.name)) continue;
      const lastEndedAt = records.get(stage.name)?.lastEndedAt ?? Date.parse(last.endedAt);
      const success = stage.attempts.findLast(({ state }) => state === "succeeded");
      const failedSince = records.has(stage.name) || last !== success;
      if (success !== undefined) open.delete(stage.name);
      records.set(stage.name, {
        ...(success?.fingerprint === undefined ? {} : { fingerprint: success.fingerprint }),
        ...(success?.steps === undefined ? {} : { steps: success.steps }),
        failedSince,
        lastEndedAt,
      });
    }
  }
  return records;
}
