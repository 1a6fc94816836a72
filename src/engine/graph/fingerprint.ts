// Invariant: what a stage builds from is told by git and the settings alone; no source is walked.
import { createHash } from "node:crypto";
import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { Fingerprint, RepositoryMark } from "../journal/events.ts";
import { runTool } from "../process/run-tool.ts";
import { isThere } from "../workspace/file-facts.ts";
import type { RepositoryPart, Stage } from "./stage.ts";

/** What git tells of a repository part now. */
export interface RepositoryNow extends RepositoryMark {
  /** When the youngest file that git neither knows nor ignores changed (ms of the epoch); 0: none. */
  readonly newestUntracked: number;
}

/** What git tells, by the part's name (`folder`, `part` or `folder:part`). */
export type Marks = ReadonlyMap<string, RepositoryNow>;

/** Name of a part in events and plans. */
export function partName({ folder, part }: RepositoryPart): string {
  return part === undefined ? folder : folder === "." ? part : `${folder}:${part}`;
}

/**
 * Reads HEAD and uncommitted changes of every repository part that the stages build from. A folder
 * that is no repository of its own, or has no commit, has no mark. One or two git commands a
 * repository, one more where tracked files were changed.
 */
export async function readMarks(root: string, stages: readonly Stage[]): Promise<Marks> {
  const parts = new Map(
    stages
      .flatMap(({ repositories }) => repositories)
      .map((part) => ownRepository(root, part))
      .map((part) => [partName(part), part]),
  );
  const folders = new Set([...parts.values()].map(({ folder }) => folder));
  const marks = await Promise.all(
    [...folders].map((folder) =>
      readRepository(
        join(root, folder),
        [...parts.values()].filter((part) => part.folder === folder),
      ),
    ),
  );
  return new Map(marks.flat().map((mark) => [mark.name, mark]));
}

/** A folder of the workspace that configure may have cloned since the graph was made has its own HEAD. */
function ownRepository(root: string, repository: RepositoryPart): RepositoryPart {
  const { folder, part } = repository;
  return folder === "." && part !== undefined && isThere(join(root, part, ".git"))
    ? { folder: part }
    : repository;
}

/** Hashes of settings, and of the choices that a stage is made by. */
export function withChoices(
  { choices = {} }: Stage,
  settings: Readonly<Record<string, string>>,
): Record<string, string> {
  const hashed = Object.entries(choices).map(([name, value]) => [
    name,
    createHash("sha256").update(value).digest("hex").slice(0, 16),
  ]);
  return { ...settings, ...(Object.fromEntries(hashed) as Record<string, string>) };
}

/** The fingerprint of one stage out of marks and hashes of settings. */
export function fingerprintOf(
  stage: Stage,
  marks: Marks,
  settings: Readonly<Record<string, string>>,
): Fingerprint {
  const repositories = stage.repositories
    .map((part) => marks.get(partName(part)))
    .filter((mark) => mark !== undefined)
    .map(({ name, head, changes, commit }) => ({
      name,
      head,
      changes,
      ...(commit === undefined ? {} : { commit }),
    }));
  return { repositories, settings: withChoices(stage, settings) };
}

async function readRepository(
  folder: string,
  parts: readonly RepositoryPart[],
): Promise<RepositoryNow[]> {
  // Without it the folder is a part of another repository, or of none.
  if (!isThere(join(folder, ".git"))) return [];
  const [status, trees] = await Promise.all([
    readStatus(folder),
    readTrees(
      folder,
      parts.flatMap(({ part }) => part ?? []),
    ),
  ]);
  if (status === undefined) return [];
  return Promise.all(
    parts.map(async (part): Promise<RepositoryNow> => {
      const isInside = (path: string): boolean =>
        part.part === undefined || path.startsWith(`${part.part}/`);
      const isChanged = status.changed.some(isInside);
      return {
        name: partName(part),
        head: part.part === undefined ? status.commit : (trees.get(part.part) ?? ""),
        ...(part.part === undefined ? {} : { commit: status.commit }),
        changes: isChanged ? await hashOfDiff(folder, part.part ?? ".") : "",
        newestUntracked: Math.max(
          0,
          ...status.untracked.filter(isInside).map((path) => changeTime(folder, path)),
        ),
      };
    }),
  );
}

/** HEAD's commit, and the paths of changed and of untracked files (git-status(1), format v2). */
async function readStatus(folder: string): Promise<
  | {
      readonly commit: string;
      readonly changed: readonly string[];
      readonly untracked: readonly string[];
    }
  | undefined
> {
  const argv = ["status", "--porcelain=v2", "--branch", "-z", "--no-renames"];
  const { ok, stdout } = await runTool("git", argv, folder);
  const entries = stdout.split("\0");
  const commit = entries.find((entry) => entry.startsWith("# branch.oid "))?.slice(13);
  if (!ok || commit === undefined || commit === "(initial)") return undefined;
  // A changed file has eight fields before its path, one in conflict ten.
  const changed = entries.flatMap(
    (entry) => /^(?:1 (?:\S+ ){7}|u (?:\S+ ){9})([^]+)$/.exec(entry)?.[1] ?? [],
  );
  const untracked = entries.flatMap((entry) => (entry.startsWith("? ") ? entry.slice(2) : []));
  return { commit, changed, untracked };
}

/** Tree ids of folders at HEAD. */
async function readTrees(
  folder: string,
  parts: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (parts.length === 0) return new Map();
  const { stdout } = await runTool("git", ["ls-tree", "-z", "HEAD", "--", ...parts], folder);
  return new Map(
    stdout.split("\0").flatMap((entry) => {
      const match = /^\d+ \w+ (\w+)\t([^]+)$/.exec(entry);
      return match?.[1] === undefined || match[2] === undefined ? [] : [[match[2], match[1]]];
    }),
  );
}

async function hashOfDiff(folder: string, part: string): Promise<string> {
  const diff = await runTool(
    "git",
    ["diff", "HEAD", "--no-ext-diff", "--binary", "--", part],
    folder,
  );
  return hash(diff.stdout);
}

function changeTime(folder: string, name: string): number {
  return lstatSync(join(folder, name), { throwIfNoEntry: false })?.ctimeMs ?? 0;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
