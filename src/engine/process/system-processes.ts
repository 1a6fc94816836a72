// Invariant: the only place that chooses between operating systems.
import { linuxProcessTable } from "./os-linux.ts";
import { sunosProcessTable } from "./os-sunos.ts";
import type { ProcessTable } from "./process-table.ts";

/** The table of the running system. */
export function processTable(): ProcessTable {
  return process.platform === "sunos" ? sunosProcessTable("/proc") : linuxProcessTable("/proc");
}
