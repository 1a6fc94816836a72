// Invariant: a build starts with exactly the plan that was shown, or not at all.
import { existsSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { ensureHost, startHost, type HostStart } from "../engine/host/start-host.ts";
import { fullDiskAdvice, fullDiskSentence, isDiskFull } from "../engine/host/disk.ts";
import { liveStage } from "../engine/host/live-stage.ts";
import { lockOwner, type LockOwner } from "../engine/host/lock.ts";
import { writeRequest } from "../engine/host/request.ts";
import { ownEnvironment } from "../engine/process/environment.ts";
import { buildFolders, readBuild } from "../engine/journal/builds.ts";
import { processTable } from "../engine/process/system-processes.ts";
import { fail, ok, type Result } from "../engine/result.ts";
import { buildEnvironment } from "../engine/settings/build-variables.ts";
import type { Io } from "./io.ts";
import type { Prepared } from "./prepare.ts";

/** How a build is to run. */
export interface RunOptions {
  readonly keepGoing: boolean;
  readonly jobs?: number;
  readonly onEnd?: string;
}

/** Starts a host for the plan and returns the folder of the new build. */
export async function startBuild(
  io: Io,
  { workspace, targets, plan, fingerprints }: Prepared,
  options: RunOptions,
): Promise<Result<string>> {
  const root = workspace.paths.smartbuildLog;
  const owner = await freedOwner(root);
  if (owner !== undefined) return owned(owner);
  const live = newestLiveStage(root);
  if (live !== undefined) {
    return fail(
      "owned-by-another",
      `${live} still runs in this workspace, though the host of its build is dead.`,
      "`smartbuild attach` takes it up again, `smartbuild stop` ends it.",
    );
  }
  // Node can tell the umask only by setting one.
  const umask = process.umask(0o022);
  process.umask(umask);
  let folder: string;
  try {
    folder = writeRequest(
      root,
      {
        workspace: workspace.root,
        layout: workspace.layout,
        targets,
        plan,
        fingerprints,
        umask,
        ...options,
      },
      ownEnvironment(buildEnvironment(workspace.root, io.env)),
    );
  } catch (error) {
    if (isDiskFull(error)) return noRoom(root);
    const reason = error instanceof Error ? error.message : String(error);
    return fail(
      "cannot-write",
      `Cannot keep a journal in ${root}: ${reason}`,
      "Make room there, or make it writable for you, then try again.",
    );
  }
  let greeting: HostStart;
  try {
    greeting = await startHost(io.program, folder, workspace.root);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    if (isDiskFull(error)) return noRoom(root);
    throw error;
  }
  if ("ready" in greeting) return ok(greeting.ready);
  const begun = "died" in greeting ? begunFrom(root, folder) : undefined;
  if (begun !== undefined) {
    // The build stands in its journal already: it goes on like any other whose host was killed.
    const state = readBuild(begun);
    if (state !== undefined) {
      await ensureHost(io.program, begun, state, processTable(), new Date());
    }
    return ok(begun);
  }
  rmSync(folder, { recursive: true, force: true });
  if ("owner" in greeting) return owned(greeting.owner);
  return "failed" in greeting
    ? fail("cannot-write", `The build cannot start: ${greeting.failed}`, greeting.advice)
    : fail("cannot-write", "The build's host was killed before the build began.", "Try again.");
}

/** `root`: log/smartbuild, which may not be there yet. */
function noRoom(root: string): Result<never> {
  const disk = fullDiskSentence(root);
  return fail("cannot-write", `The build cannot start: ${disk}`, fullDiskAdvice(root));
}

/** The build that a request has become; undefined while its folder has the request's name. */
function begunFrom(root: string, request: string): string | undefined {
  return existsSync(request) ? undefined : buildFolders(root)[0];
}

const lastActsMs = 5000;

/**
 * Gives an unfinished build its host back before anything is planned, and waits for its end where
 * its stage is over: what that stage left is part of the next plan.
 */
export async function settleUnfinished(io: Pick<Io, "program">, root: string): Promise<void> {
  const newest = buildFolders(root)[0];
  const state = newest === undefined ? undefined : readBuild(newest);
  if (newest === undefined || state === undefined) return;
  const { host } = await ensureHost(io.program, newest, state, processTable(), new Date());
  const until = Date.now() + lastActsMs;
  while (
    host === "started" &&
    readBuild(newest)?.state === "running" &&
    newestLiveStage(root) === undefined &&
    Date.now() < until
  ) {
    await wait(20);
  }
}

/** The stage of the newest build that has live processes; undefined when there is none. */
function newestLiveStage(root: string): string | undefined {
  const newest = buildFolders(root)[0];
  const state = newest === undefined ? undefined : readBuild(newest);
  return state === undefined ? undefined : liveStage(state, processTable());
}

/** Who owns the workspace; the host of a build that has ended is given time for its last acts. */
async function freedOwner(root: string): Promise<LockOwner | undefined> {
  const table = processTable();
  const newest = buildFolders(root)[0];
  const until = Date.now() + lastActsMs;
  for (;;) {
    const owner = lockOwner(root, table);
    const isEnding = newest !== undefined && readBuild(newest)?.state !== "running";
    if (owner === undefined || !isEnding || Date.now() > until) return owner;
    await wait(20);
  }
}

function owned(owner: { readonly pid: number; readonly machine: string }): Result<never> {
  // What happens there cannot be seen from here, so the lock is never taken over by itself.
  const advice =
    owner.machine === hostname()
      ? "Watch it with `smartbuild attach`, or end it with `smartbuild stop`."
      : `Stop it on ${owner.machine}; if that machine is gone, remove log/smartbuild/host.*.lock.`;
  return fail(
    "owned-by-another",
    `A build is running in this workspace already (host process ${owner.pid} on ${owner.machine}).`,
    advice,
  );
}
