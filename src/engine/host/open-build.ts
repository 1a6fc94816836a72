// Invariant: a build folder gets its final name only by the host that owns the workspace, and then
// holds a journal that begins with build-started.
import { chmodSync, existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Clock } from "../clock.ts";
import { sourcesOf } from "../graph/sources.ts";
import { buildFolders, nextBuildName, readBuild } from "../journal/builds.ts";
import type { ProcessIdentity } from "../journal/events.ts";
import type { BuildState } from "../journal/state.ts";
import { endTornLine, JournalWriter, reserveName } from "../journal/writer.ts";
import { commonChanges, maskChanges } from "../process/environment.ts";
import { ownIdentity, type ProcessTable } from "../process/process-table.ts";
import { makeCommandFolder } from "./commands.ts";
import { isDiskFull } from "./disk.ts";
import { takeLock, type Lock, type LockOwner } from "./lock.ts";
import { readEnvironment, readRequest, requestPrefix } from "./request.ts";

/** A build that this process owns. */
export interface OpenBuild {
  readonly folder: string;
  readonly lock: Lock;
  readonly journal: JournalWriter;
  /** Undefined for a build that is just being started. */
  readonly state: BuildState | undefined;
}

const abandonedRequestMs = 3_600_000;

/** Takes the workspace for the build in `folder` (a request or a build), or says who owns it. */
export function openBuild(
  folder: string,
  program: string,
  table: ProcessTable,
  clock: Clock,
): OpenBuild | LockOwner {
  const root = dirname(folder);
  const lock = takeLockOnAnyDisk(folder, ownIdentity(table), table);
  if (!("release" in lock)) return lock;
  removeAbandonedRequests(root, folder, clock);
  const isRequest = basename(folder).startsWith(requestPrefix);
  const final = isRequest ? join(root, nextBuildName(buildFolders(root), clock.now())) : folder;
  if (!isRequest) endTornLine(folder);
  const state = isRequest ? undefined : readBuild(folder);
  if (isRequest) {
    chmodSync(folder, 0o755);
    makeCommandFolder(folder);
  }
  const journal = new JournalWriter(folder, state?.lastSeq ?? 0, clock);
  if (isRequest) {
    const { workspace, layout, targets, keepGoing, jobs, onEnd, umask, plan, fingerprints } =
      readRequest(folder);
    journal.write({
      type: "build-started",
      build: basename(final),
      program,
      workspace,
      layout,
      targets,
      keepGoing,
      ...(jobs === undefined ? {} : { jobs }),
      ...(onEnd === undefined ? {} : { onEnd }),
      umask,
      plan,
      environment: maskChanges(commonChanges(readEnvironment(folder))),
      sources: sourcesOf(workspace, Object.values(fingerprints)),
    });
    renameSync(folder, final);
    journal.moved(final);
  }
  return { folder: final, lock, journal, state };
}

/** A full disk must not keep a build without a host: its reserve makes room for the lock. */
function takeLockOnAnyDisk(
  folder: string,
  self: ProcessIdentity,
  table: ProcessTable,
): Lock | LockOwner {
  try {
    return takeLock(dirname(folder), self, table);
  } catch (error) {
    const reserve = join(folder, reserveName);
    if (!isDiskFull(error) || !existsSync(reserve)) throw error;
    rmSync(reserve);
    return takeLock(dirname(folder), self, table);
  }
}

/** Requests whose command died before its host came up. */
function removeAbandonedRequests(root: string, own: string, clock: Clock): void {
  for (const name of readdirSync(root)) {
    const path = join(root, name);
    const age = clock.now().getTime() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (name.startsWith(requestPrefix) && path !== own && age > abandonedRequestMs) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}
