// Invariant: what the console knows of a build beside its journal is only read; nothing of it is
// loaded before the first frame.
import { lastOutputAt } from "../engine/host/last-output.ts";
import { oldestLeaf } from "../engine/process/oldest-leaf.ts";
import type { ProcessTable } from "../engine/process/process-table.ts";
import { diskSpace, isDiskLow } from "../engine/workspace/disk-space.ts";
import type { ProgressPorts } from "../ui/ports.ts";

/** The doors to past runs, processes and disks of the running system. */
export function progressPorts(table: ProcessTable): ProgressPorts {
  return {
    pastRuns: async (buildFolder) => {
      const { readPastRuns } = await import("../engine/journal/read-past-runs.ts");
      return readPastRuns(buildFolder);
    },
    disk: (path) => {
      const space = diskSpace(path);
      return space && { free: space.free, isLow: isDiskLow(space) };
    },
    lastOutput: lastOutputAt,
    waitsFor: ({ wrapper }) =>
      wrapper === undefined ? undefined : oldestLeaf(table, wrapper, Date.now()),
  };
}
