// Invariant: what a stage builds from is told by git and the settings alone; no source is walked.
import { createHash } from "node:crypto";
import { lstatSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { Fingerprint, RepositoryMark } from "../journal/events.ts";
import { runTool } from "../process/run-tool.ts";
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
 * that is no repository of its own, or has no commit, has no mark. Two git commands a repository,
 * one more where tracked files were changed.
 */
export async function readMarks(root: string, stages: readonly Stage[]): Promise<Marks> {
  const parts = new Map(
    stages.flatMap(({ repositories }) => repositories).map((part) => [partName(part), part]),
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
  return { repositories, settings };
}

async function readRepository(
  folder: string,
  parts: readonly RepositoryPart[],
): Promise<RepositoryNow[]> {
  const top = await runTool("git", ["rev-parse", "--show-toplevel"], folder);
  if (!top.ok || top.stdout.trimEnd() !== realPath(folder)) return [];
  const trees = [
    "HEAD",
    ...parts.map(({ part }) => (part === undefined ? "HEAD" : `HEAD:${part}`)),
  ];
  const [[commit, ...heads], status] = await Promise.all([
    Promise.all(trees.map((tree) => runTool("git", ["rev-parse", "--verify", "-q", tree], folder))),
    runTool("git", ["status", "--porcelain", "-z", "--no-renames"], folder),
  ]);
  if (!status.ok) return [];
  const entries = status.stdout.split("\0").filter((entry) => entry !== "");
  return Promise.all(
    parts.map(async (part, index): Promise<RepositoryNow> => {
      const inPart = entries.filter(
        (entry) => part.part === undefined || entry.slice(3).startsWith(`${part.part}/`),
      );
      const untracked = inPart.filter((entry) => entry.startsWith("?? "));
      return {
        name: partName(part),
        head: heads[index]?.stdout.trimEnd() ?? "",
        ...(part.part === undefined || commit === undefined
          ? {}
          : { commit: commit.stdout.trimEnd() }),
        changes: inPart.length > untracked.length ? await hashOfDiff(folder, part.part ?? ".") : "",
        newestUntracked: Math.max(
          0,
          ...untracked.map((entry) => changeTime(folder, entry.slice(3))),
        ),
      };
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

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
