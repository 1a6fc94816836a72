// Invariant: builds are known by their folders alone, log/smartbuild/<number>-<time>/; a summary
// beside a journal is a cache that is used only while it fits the journal, and may be deleted.
import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { foldAll } from "./fold.ts";
import { JournalFollower } from "./follow.ts";
import type { BuildState } from "./state.ts";
import { journalName } from "./writer.ts";

const summaryName = "summary.json";
const folderPattern = /^(\d{4,})-\d{8}T\d{6}Z$/;

/** Folders of all builds of a workspace, newest first. `root`: its log/smartbuild. */
export function buildFolders(root: string): string[] {
  let names: string[];
  try {
    names = readdirSync(root);
  } catch {
    return [];
  }
  return names
    .filter((name) => folderPattern.test(name))
    .sort((one, other) => numberOf(other) - numberOf(one))
    .map((name) => join(root, name));
}

/** Name for the build after these folders. */
export function nextBuildName(folders: readonly string[], now: Date): string {
  const last = Math.max(0, ...folders.map((folder) => numberOf(basename(folder))));
  const time = now.toISOString().replace(/[-:]|\.\d+/g, "");
  return `${String(last + 1).padStart(4, "0")}-${time}`;
}

/** The state of a build; undefined when its journal holds no build. */
export function readBuild(folder: string): BuildState | undefined {
  return readSummary(folder) ?? foldJournal(folder);
}

/** Keeps the state of an ended build, so that the next reader need not fold. */
export function writeSummary(folder: string, state: BuildState): void {
  const journalBytes = statSync(join(folder, journalName)).size;
  try {
    writeFileSync(join(folder, summaryName), JSON.stringify({ journalBytes, state }));
  } catch {
    // Only a cache; on a full disk the journal is enough.
  }
}

function foldJournal(folder: string): BuildState | undefined {
  const follower = new JournalFollower(join(folder, journalName));
  const state = foldAll(follower.events());
  follower.close();
  return state === undefined ? undefined : { ...state, notes: [...state.notes, ...follower.notes] };
}

function readSummary(folder: string): BuildState | undefined {
  try {
    const summary = JSON.parse(readFileSync(join(folder, summaryName), "utf8")) as {
      readonly journalBytes: number;
      readonly state: BuildState;
    };
    const size = statSync(join(folder, journalName)).size;
    return summary.journalBytes === size ? summary.state : undefined;
  } catch {
    return undefined;
  }
}

function numberOf(name: string): number {
  return Number(folderPattern.exec(basename(name))?.[1] ?? 0);
}
