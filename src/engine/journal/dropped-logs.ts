// Invariant: a build whose logs were dropped says so itself, in a file beside its journal, for as
// long as the build is there.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { JournalEvent } from "./events.ts";

/** When and by which build the logs of a build were dropped. */
export interface LogsDropped {
  /** ISO 8601. */
  readonly at: string;
  /** Name of the build that made room for itself. */
  readonly by: string;
  readonly bytes: number;
}

const markName = "logs-dropped.json";

/** What became of the logs of the build in this folder; undefined while it has them. */
export function readLogsDropped(folder: string): LogsDropped | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, markName), "utf8")) as LogsDropped;
  } catch {
    return undefined;
  }
}

/** Marks the build in this folder. Throws when the folder cannot be written. */
export function writeLogsDropped(folder: string, dropped: LogsDropped): void {
  writeFileSync(join(folder, markName), JSON.stringify(dropped));
}

/** One sentence: whose logs go, how much that gives back, and by which rule. */
export function droppedText({
  builds,
  keepBuilds,
  keepBytes,
}: Extract<JournalEvent, { type: "logs-dropped" }>): string {
  const bytes = builds.reduce((sum, each) => sum + each.bytes, 0);
  const names = builds.map(({ build }) => build);
  const which = names.length > 3 ? `${names[0] ?? ""} to ${names.at(-1) ?? ""}` : names.join(", ");
  const whose = names.length === 1 ? "1 earlier build" : `${names.length} earlier builds`;
  return `dropped the logs of ${whose} (${which}), ${bytesText(bytes)}; ${ruleText({ builds: keepBuilds, bytes: keepBytes })}`;
}

/** How long logs of builds are kept. */
export interface RetentionRule {
  /** Logs of so many builds, the running one among them. */
  readonly builds: number;
  /** So many bytes of logs in all. */
  readonly bytes: number;
}

/** The rule in words. */
export function ruleText({ builds, bytes }: RetentionRule): string {
  return `logs of ${builds} builds and ${bytesText(bytes)} are kept`;
}

/** A size as people read it, in powers of 1000. */
export function bytesText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  if (unit === 0) return `${bytes} bytes`;
  const digits = value >= 100 || Number.isInteger(value) ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit] ?? ""}`;
}
