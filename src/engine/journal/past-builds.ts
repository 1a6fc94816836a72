// Invariant: a past build is a short extract of its fold; the many builds of a workspace are read in
// pieces, newest first, so that nobody who waits for the first of them waits for all.
import { basename } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { buildFolders, readBuild } from "./builds.ts";
import type { Artefact, ImageFill } from "./events.ts";
import type { BuildState, RunState, StageState } from "./state.ts";

/** What a list of builds shows of one. Times are ISO 8601, durations milliseconds. */
export interface PastBuild {
  readonly folder: string;
  /** Name of the folder, and the number it begins with. */
  readonly build: string;
  readonly number: number;
  readonly state: RunState;
  readonly startedAt: string;
  /** Absent while it runs, and when it never ended. */
  readonly durationMs?: number;
  readonly exitCode?: number;
  readonly targets: readonly string[];
  /** Those that began, in the order of the plan. */
  readonly stages: readonly PastStage[];
  readonly problemCount: number;
  /** The cause of the failure, or the first thing that is wrong. */
  readonly firstProblem?: string;
  readonly artefacts: readonly Artefact[];
  readonly image?: ImageFill;
}

/** A stage of a past build, as its latest attempt ended. */
export interface PastStage {
  readonly name: string;
  readonly state: RunState;
  readonly durationMs?: number;
  readonly attempts: number;
  readonly exitCode?: number;
  readonly reason?: string;
}

/** Reading goes on for so long before others get their turn (milliseconds). */
const pieceMs = 12;

/** The extract of a build. */
export function pastBuild(folder: string, state: BuildState): PastBuild {
  const { durationMs, exitCode, problems, artefacts } = state;
  const name = basename(folder);
  const image = artefacts.find((artefact) => artefact.image !== undefined)?.image;
  const first = problems[0]?.summary;
  return {
    folder,
    build: name,
    number: Number.parseInt(name, 10) || 0,
    state: state.state,
    startedAt: state.startedAt,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(exitCode === undefined ? {} : { exitCode }),
    targets: state.targets,
    stages: pastStages(state),
    problemCount: problems.length,
    ...(first === undefined ? {} : { firstProblem: first }),
    artefacts,
    ...(image === undefined ? {} : { image }),
  };
}

/** The stages that began, in the order of the plan. */
export function pastStages({ stages }: Pick<BuildState, "stages">): readonly PastStage[] {
  return stages.flatMap((stage) => extractOf(stage));
}

function extractOf({ name, state, attempts }: StageState): PastStage[] {
  const last = attempts.at(-1);
  if (last === undefined) return [];
  const { durationMs, exitCode, reason } = last;
  return [
    {
      name,
      state,
      attempts: attempts.length,
      ...(durationMs === undefined ? {} : { durationMs }),
      ...(exitCode === undefined ? {} : { exitCode }),
      ...(reason === undefined ? {} : { reason }),
    },
  ];
}

/**
 * All builds below `root` (log/smartbuild), newest first, in pieces of about 12 ms. A folder without
 * a readable journal is left out.
 *
 * @param known what was read before, by folder; a build that has ended is not read again
 */
export async function* pastBuilds(
  root: string,
  known: ReadonlyMap<string, PastBuild> = new Map(),
): AsyncGenerator<readonly PastBuild[], void> {
  let piece: PastBuild[] = [];
  let until = performance.now() + pieceMs;
  for (const [index, folder] of buildFolders(root).entries()) {
    const old = known.get(folder);
    // Only the newest can be taken up again, by a retry.
    const isFinal = index > 0 && old !== undefined && old.state !== "running";
    const state = isFinal ? undefined : readBuild(folder);
    if (isFinal) piece.push(old);
    else if (state !== undefined) piece.push(pastBuild(folder, state));
    if (performance.now() < until) continue;
    yield piece;
    piece = [];
    await breathe();
    until = performance.now() + pieceMs;
  }
  yield piece;
}
