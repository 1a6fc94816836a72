// Invariant: a file counts as unused only when no source that was asked shows that it was read, and
// the report says which sources those were.
import { existsSync, readdirSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { fail, ok, type Result } from "../../result.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import { facts } from "../order/file-facts.ts";
import { installedBy } from "../order/installed.ts";
import { readAttempts } from "../printed/attempts.ts";
import { readPrintedLogs, type LoggedStage, type PrintedLog } from "../printed/printed-logs.ts";
import { accessTimesAt, type AccessTimes } from "./access-times.ts";
import { fromDependencyFiles, fromLogs, fromTrace, type Tell, type Use } from "./shown-use.ts";
import { realArea, strapFiles, type StrapFile } from "./strap-files.ts";
import { tarballMembers } from "./tarball-members.ts";

/** A file of the strap area and who reads it. */
export interface JudgedFile {
  /** Below proto.strap. */
  readonly path: string;
  readonly bytes: number;
  /** The first use that was found; absent: none. */
  readonly use?: Use;
}

/** The files that one component brings. */
export interface StrapGroup {
  /** A component of the strap, `adjunct`, or a folder where nobody can tell. */
  readonly name: string;
  readonly origin: "component" | "adjunct" | "unknown";
  readonly files: readonly JudgedFile[];
}

/** What a build reads of the strap area. */
export interface StrapUse {
  /** Those with the most unused bytes first. */
  readonly groups: readonly StrapGroup[];
  readonly sources: {
    /** Components whose logs were read. */
    readonly logs: number;
    readonly dependencyFiles: number;
    readonly accessTimes: AccessTimes;
    /** The trace that was given. */
    readonly trace?: string;
  };
  /** Shown by their times alone, and read while no stage ran: by a person, a backup, another build. */
  readonly readOutside: number;
}

/**
 * Tells which files of proto.strap, the unpacked adjunct among them, a build reads. `trace`: absolute
 * path of a trace of a build, if one was made. Fails with `bad-input` when there is no strap area, no
 * log, or no such trace.
 */
export async function strapUse(
  workspace: Workspace,
  stages: readonly LoggedStage[],
  trace?: string,
): Promise<Result<StrapUse>> {
  const { root, paths } = workspace;
  const area = realArea(paths.protoStrap);
  const files = area === undefined ? undefined : strapFiles(area);
  const logs = readPrintedLogs(paths.smartbuildLog, stages);
  if (area === undefined || files === undefined || files.size === 0 || logs.length === 0) {
    const what = logs.length === 0 ? "No build has a log" : "There is no proto.strap";
    return fail("bad-input", `${what} yet.`, "Run `smartbuild run world` first.");
  }
  if (trace !== undefined && !existsSync(trace)) {
    return fail(
      "bad-input",
      `There is no file ${trace}.`,
      "Name a trace of a build, or leave it out.",
    );
  }
  const destination = destinationOf(logs) ?? area;
  const names = { names: [...new Set([paths.protoStrap, area, destination])] };
  const uses = new Map<string, Use>();
  const tell: Tell = (path, use) => {
    const file = files.get(path);
    if (file === undefined || uses.has(path)) return;
    uses.set(path, use);
    if (file.target !== undefined) tell(file.target, use);
  };
  fromLogs(logs, names, tell);
  const dependencyFiles = fromDependencyFiles(stages, root, names, tell);
  if (trace !== undefined) fromTrace(trace, names, tell);
  // Looking into programs reads them: what they need is told before times of access are believed.
  fromPrograms(area, files, uses, tell);
  const { accessTimes, readOutside } = fromAccessTimes(workspace, area, files, uses, tell);
  const owners = installedBy(
    logs.filter(({ isStrap }) => isStrap),
    area,
    destination,
  );
  const adjunct = new Set(await adjunctMembers(root));
  return ok({
    groups: groupsOf(files, uses, owners, adjunct),
    sources: {
      ...{ logs: logs.length, dependencyFiles, accessTimes },
      ...(trace === undefined ? {} : { trace }),
    },
    readOutside,
  });
}

/** Where the strap pass installed: the area itself, or a folder that was moved there. */
function destinationOf(logs: readonly PrintedLog[]): string | undefined {
  for (const { isStrap, pieces } of logs) {
    if (!isStrap) continue;
    for (const piece of pieces()) {
      const [, folder] = /\bDESTDIR=(\/[^\s"']+)/.exec(piece) ?? [];
      if (folder !== undefined) return folder;
    }
  }
  return undefined;
}

/**
 * The first read after a change is kept by every file system that keeps access times at all. Times
 * that tell of no file at all are those of a copy, and believed for none.
 */
function fromAccessTimes(
  { paths }: Workspace,
  area: string,
  files: ReadonlyMap<string, StrapFile>,
  uses: ReadonlyMap<string, Use>,
  tell: Tell,
): { readonly accessTimes: AccessTimes; readonly readOutside: number } {
  const kept = accessTimesAt(area);
  if (!kept.areKept) return { accessTimes: kept, readOutside: 0 };
  const read = [...files.values()].filter(
    ({ isLink, readAt, changedAt }) => !isLink && readAt > changedAt,
  );
  if (read.length === 0) {
    return {
      accessTimes: {
        areKept: false,
        why: `${kept.why}, but no file was read since it was written`,
      },
      readOutside: 0,
    };
  }
  const attempts = [...readAttempts(paths.smartbuildLog)];
  let readOutside = 0;
  for (const { path, readAt } of read) {
    if (uses.has(path)) continue;
    const attempt = attempts.find(
      ({ startedAt, endedAt = Infinity }) => readAt >= startedAt && readAt <= endedAt,
    );
    if (attempt === undefined) readOutside++;
    tell(path, { by: attempt?.stage ?? "", evidence: "access time" });
  }
  return { accessTimes: kept, readOutside };
}

/** What a used program needs is used, too: libraries by name, and interpreters. */
function fromPrograms(
  area: string,
  files: ReadonlyMap<string, StrapFile>,
  uses: ReadonlyMap<string, Use>,
  tell: Tell,
): void {
  const byName = new Map<string, string[]>();
  for (const path of files.keys()) {
    const name = basename(path);
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  // What is told here is looked at, too: a map gives what is added while it is walked.
  for (const [path, use] of uses) {
    if (use.evidence === "dependency file") continue;
    const { needed, interpreter } = facts(join(area, path));
    const by = { by: path, evidence: "needed by" } as const;
    for (const name of needed) for (const at of byName.get(basename(name)) ?? []) tell(at, by);
    if (interpreter !== undefined) {
      const below = interpreter.startsWith(`${area}/`) ? interpreter.slice(area.length + 1) : "";
      tell(below, by);
    }
  }
}

/** The members of the newest adjunct tarball, as the Makefile takes it. */
async function adjunctMembers(root: string): Promise<readonly string[]> {
  const newest = readdirSync(root)
    .filter((name) => /^illumos-adjunct.*\.tgz$/.test(name))
    .sort()
    .at(-1);
  return newest === undefined ? [] : tarballMembers(join(root, newest));
}

function groupsOf(
  files: ReadonlyMap<string, StrapFile>,
  uses: ReadonlyMap<string, Use>,
  owners: ReadonlyMap<string, string>,
  adjunct: ReadonlySet<string>,
): readonly StrapGroup[] {
  const groups = new Map<string, { readonly group: StrapGroup; readonly files: JudgedFile[] }>();
  for (const { path, bytes, target } of files.values()) {
    // A link is of use as long as what it leads to is; to prune it alone gains nothing.
    const use = uses.get(path) ?? (target === undefined ? undefined : uses.get(target));
    const owner = owners.get(path);
    const origin = owner !== undefined ? "component" : adjunct.has(path) ? "adjunct" : "unknown";
    const name =
      owner ??
      (origin === "adjunct" ? "adjunct" : posix.dirname(path).split("/").slice(0, 3).join("/"));
    const key = `${origin} ${name}`;
    const own = groups.get(key) ?? newGroup(name, origin);
    groups.set(key, own);
    own.files.push({ path, bytes, ...(use === undefined ? {} : { use }) });
  }
  return [...groups.values()]
    .map(({ group }) => group)
    .sort((a, b) => unusedBytes(b) - unusedBytes(a) || (a.name < b.name ? -1 : 1));
}

function newGroup(
  name: string,
  origin: StrapGroup["origin"],
): { readonly group: StrapGroup; readonly files: JudgedFile[] } {
  const files: JudgedFile[] = [];
  return { group: { name, origin, files }, files };
}

/** Bytes of the files of a group that nothing is shown to read. */
export function unusedBytes({ files }: StrapGroup): number {
  return files.reduce((sum, { use, bytes }) => (use === undefined ? sum + bytes : sum), 0);
}
