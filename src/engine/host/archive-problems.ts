// Invariant: an archive that is not whole is named, with what it holds; whole ones are left alone.
import { join } from "node:path";
import type { ArchivePlace, Stage } from "../graph/stage.ts";
import type { Outcome, Problem } from "../journal/events.ts";
import { archiveDamage, type ArchiveDamage } from "../workspace/archive-damage.ts";
import { namesIn } from "../workspace/file-facts.ts";

/** An archive that is not whole. */
export interface DamagedArchive {
  /** Below the workspace. */
  readonly path: string;
  readonly damage: ArchiveDamage;
  /** Whether the stage that was looked at is the one that fetches it. */
  readonly isFetched: boolean;
}

/** The archives that a stage fetches and that are not whole: paths below the workspace. */
export async function damagedFetches(root: string, { fetches = [] }: Stage): Promise<string[]> {
  return (await damagedOf(root, fetches, true)).map(({ path }) => path);
}

/** What is not whole once a stage has ended; what it only unpacks matters where it failed. */
export async function damagedAfter(
  root: string,
  { fetches = [], unpacks = [] }: Stage,
  outcome: Outcome,
): Promise<readonly DamagedArchive[]> {
  if (outcome === "interrupted") return [];
  const fetched = await damagedOf(root, fetches, true);
  return outcome === "succeeded"
    ? fetched
    : [...fetched, ...(await damagedOf(root, unpacks, false))];
}

async function damagedOf(
  root: string,
  places: readonly ArchivePlace[],
  isFetched: boolean,
): Promise<DamagedArchive[]> {
  const damaged: DamagedArchive[] = [];
  for (const { folder, name } of places) {
    for (const found of namesIn(join(root, folder)).sort()) {
      if (!name.test(found)) continue;
      const path = join(folder, found);
      const damage = await archiveDamage(join(root, path));
      if (damage !== undefined) damaged.push({ path, damage, isFetched });
    }
  }
  return damaged;
}

/**
 * The problems of archives that are not whole. Where a tool has complained of an archive in the
 * log, the first of them stands for that complaint, at its place. `known`: what the logs show.
 */
export function archiveProblems(
  stage: string,
  attempt: number,
  damaged: readonly DamagedArchive[],
  known: readonly Problem[],
): Problem[] {
  // What curl says of a transfer that failed is the cause of half a file.
  if (known.some(({ kind }) => kind === "download-failed")) return [];
  const complaint = known.find(
    (problem) => problem.kind === "archive-damaged" && problem.stage === stage,
  );
  return damaged.map(({ path, damage, isFetched }, index) => ({
    ...(index === 0 && complaint !== undefined
      ? complaint
      : { id: `${stage}.${attempt}.archive.${path}`, stage, attempt }),
    kind: "archive-damaged",
    summary: `${path} ${damageText(damage)}`,
    advice: isFetched
      ? "Check its address and the network. The next try removes the file and fetches it again."
      : "Check its address and the network, then fetch it again: smartbuild run configure",
    file: path,
  }));
}

function damageText(damage: ArchiveDamage): string {
  switch (damage.kind) {
    case "empty":
      return "is empty";
    case "cut-off":
      return "is cut off: the download did not get all of it";
    case "damaged":
      return "is a damaged archive";
    case "other":
      return "is not the archive that its name says";
    case "text":
      return `is no archive but a saved error page of the server: ${damage.says}`;
  }
}
