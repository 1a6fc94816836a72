// Invariant: git is only asked, for at most two seconds in all; what it cannot tell in that time is
// left out.
import { isAbsolute, join, normalize } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Commit, Fingerprint, RepositoryMark, StageChanges } from "../journal/events.ts";
import type { LastGood } from "../journal/last-good.ts";
import { cleanText } from "../logs/clean.ts";
import { runTool } from "../process/run-tool.ts";

const longestMs = 2000;
const mostCommits = 10;
const mostFiles = 10;
const longestSubject = 100;
const mostNamed = 5;

/** A stage that failed. */
export interface FailedSources {
  /** The workspace. */
  readonly root: string;
  readonly good: LastGood;
  /** What the failed attempt was built from. */
  readonly now: Fingerprint;
  readonly fragments: Readonly<Record<string, string>>;
  /** Files that its problems name, as the logs write them. */
  readonly named: readonly string[];
}

/** What differs from the last good build of the stage; undefined when nothing does. */
export async function changesSince(failed: FailedSources): Promise<StageChanges | undefined> {
  const { root, good, now, named } = failed;
  const before = good.fingerprint;
  const moved = now.repositories.flatMap((mark) => {
    const old = before?.repositories.find(({ name }) => name === mark.name);
    return old === undefined ? [] : [{ old, mark }];
  });
  const files = named.slice(0, mostNamed).map(pathspecTail);
  const answers: RepositoryAnswer[] = [];
  const giveUp = new AbortController();
  const asked = Promise.all(
    moved.map(async ({ old, mark }) => {
      answers.push(await askRepository(root, old, mark, files));
    }),
  ).catch(() => undefined);
  await Promise.race([
    asked,
    wait(longestMs, undefined, { signal: giveUp.signal }).catch(() => undefined),
  ]);
  giveUp.abort();
  const told = [...answers];
  const commits = told.flatMap(({ commits: own }) => own);
  const shown = [
    ...commits.filter(({ touches }) => touches === true),
    ...commits.filter(({ touches }) => touches !== true),
  ].slice(0, mostCommits);
  const commitCount = told.reduce((sum, { count }) => sum + count, 0);
  const unlisted = told.filter(({ lost }) => lost).map(({ name }) => name);
  const uncommitted = told.flatMap(({ uncommitted: own }) => own);
  const changes: StageChanges = {
    build: good.build,
    at: good.at,
    commits: shown,
    ...(commitCount > shown.length ? { commitCount } : {}),
    ...(unlisted.length === 0 ? {} : { unlisted }),
    uncommitted: namedFirst(uncommitted, files).slice(0, mostFiles),
    settings: differing(before?.settings, now.settings, false),
    fragments: differing(good.fragments, failed.fragments, true),
  };
  const { settings, fragments } = changes;
  const all = [shown, unlisted, uncommitted, settings, fragments];
  return all.some(({ length }) => length > 0) ? changes : undefined;
}

interface RepositoryAnswer {
  readonly name: string;
  readonly commits: readonly Commit[];
  readonly count: number;
  readonly uncommitted: readonly string[];
  /** The old commit is not there any more. */
  readonly lost: boolean;
}

async function askRepository(
  root: string,
  old: RepositoryMark,
  mark: RepositoryMark,
  files: readonly string[],
): Promise<RepositoryAnswer> {
  const { folder, part } = placeOf(mark);
  const range = commitRange(old, mark);
  const isMoved = old.head !== mark.head;
  const [listed, touching, count, uncommitted] = await Promise.all([
    range === undefined ? "" : log(join(root, folder), range, [part ?? "."]),
    range === undefined || files.length === 0
      ? ""
      : log(
          join(root, folder),
          range,
          files.map((file) => `:(glob)${part === undefined ? "" : `${part}/`}**/${file}`),
        ),
    range === undefined ? 0 : countOf(join(root, folder), range, part ?? "."),
    mark.changes === "" || mark.changes === old.changes
      ? []
      : changedFiles(join(root, folder), folder, part),
  ]);
  const touches = commitsOf(touching ?? "", mark.name).map((one) => ({ ...one, touches: true }));
  const others = commitsOf(listed ?? "", mark.name).filter(
    ({ id }) => !touches.some((one) => one.id === id),
  );
  return {
    name: mark.name,
    commits: [...touches, ...others],
    count,
    uncommitted,
    lost: isMoved && (range === undefined || listed === undefined),
  };
}

/** A part is `folder:part`, or a folder of the workspace's own repository. */
function placeOf({ name, commit }: RepositoryMark): { folder: string; part?: string } {
  const colon = name.indexOf(":");
  if (colon >= 0) return { folder: name.slice(0, colon), part: name.slice(colon + 1) };
  return commit === undefined ? { folder: name } : { folder: ".", part: name };
}

/** Undefined where nothing was committed, or an older journal tells no commits. */
function commitRange(old: RepositoryMark, mark: RepositoryMark): string | undefined {
  if (old.head === mark.head) return undefined;
  const isPart = mark.commit !== undefined;
  const [from, to] = isPart ? [old.commit, mark.commit] : [old.head, mark.head];
  return isCommit(from) && isCommit(to) ? `${from}..${to}` : undefined;
}

function isCommit(id: string | undefined): id is string {
  return id !== undefined && /^[0-9a-f]{40,64}$/.test(id);
}

/** Undefined when git cannot list them. */
async function log(
  folder: string,
  range: string,
  paths: readonly string[],
): Promise<string | undefined> {
  const argv = ["log", "--format=%h%x09%s", "-n", String(mostCommits), range, "--", ...paths];
  const { ok, stdout } = await runTool("git", argv, folder, {}, longestMs);
  return ok ? stdout : undefined;
}

async function countOf(folder: string, range: string, path: string): Promise<number> {
  const argv = ["rev-list", "--count", range, "--", path];
  const { ok, stdout } = await runTool("git", argv, folder, {}, longestMs);
  return ok ? Number(stdout) : 0;
}

function commitsOf(text: string, repository: string): Commit[] {
  return text.split("\n").flatMap((line) => {
    const tab = line.indexOf("\t");
    if (tab < 0) return [];
    const subject = cleanText(line.slice(tab + 1), longestSubject);
    return [{ repository, id: line.slice(0, tab), subject }];
  });
}

async function changedFiles(
  at: string,
  folder: string,
  part: string | undefined,
): Promise<string[]> {
  const argv = ["status", "--porcelain", "-z", "--no-renames", "-uno", "--", part ?? "."];
  const { ok, stdout } = await runTool("git", argv, at, {}, longestMs);
  if (!ok) return [];
  return stdout
    .split("\0")
    .filter((entry) => entry !== "")
    .map((entry) => cleanText(join(folder, entry.slice(3))));
}

/** The part of a named file that is the same wherever the command ran. */
function pathspecTail(file: string): string {
  const tail = isAbsolute(file) ? file.split("/").slice(-2).join("/") : normalize(file);
  return tail.replace(/^(?:\.\.\/)+/, "").replace(/[*?[\\]/g, "?");
}

function namedFirst(paths: readonly string[], files: readonly string[]): string[] {
  const isNamed = (path: string): boolean =>
    files.some((file) => path === file || path.endsWith(`/${file}`));
  return [...paths.filter(isNamed), ...paths.filter((path) => !isNamed(path))];
}

/** Names with another value; with `gone`, also those that only one side has. */
function differing(
  before: Readonly<Record<string, string>> | undefined,
  now: Readonly<Record<string, string>>,
  gone: boolean,
): string[] {
  if (before === undefined) return [];
  const names = gone ? Object.keys({ ...before, ...now }) : Object.keys(now);
  return names.filter((name) =>
    gone ? before[name] !== now[name] : (before[name] ?? now[name]) !== now[name],
  );
}
