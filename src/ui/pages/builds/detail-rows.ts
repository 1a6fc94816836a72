// Invariant: pure; what a build was, in the room there is: the longest stages are always among those
// shown, and what came of it stands above them.
import { bytesText } from "../../../engine/journal/dropped-logs.ts";
import type { PastBuild, PastStage } from "../../../engine/journal/past-builds.ts";
import { cell, shorten, shortenStart, tall, type Row } from "../../present/cells.ts";
import { clockTime } from "../../../engine/journal/clock-time.ts";
import type { Theme } from "../../theme.ts";
import { bar } from "./bars.ts";
import type { OnDisk } from "./ports.ts";
import type { ListView } from "./view.ts";
import { isStillThere, verificationRow } from "./image-words.ts";
import { percentText, resultWord } from "./words.ts";

const fewestStages = 3;
/** Longer bars say nothing more. */
const longestBar = 40;

/** The rows of the chosen build, exactly as many as asked for. */
export function detailRows(
  build: PastBuild,
  view: ListView,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  const head = headRows(build, view, width, theme);
  const tail = [
    ...problemRows(build, width, theme),
    ...madeRows(build, view, width, theme),
    ...logsRows(view.disk),
  ];
  const room = Math.max(fewestStages, height - head.length - tail.length);
  return tall([...head, ...stageRows(build.stages, width, room, theme), ...tail], height);
}

function headRows(build: PastBuild, view: ListView, width: number, theme: Theme): Row[] {
  const word = resultWord(build.state, view.chosen === 0);
  const time = build.durationMs === undefined ? "" : ` after ${clockTime(build.durationMs)}`;
  const exit =
    build.exitCode === undefined || build.exitCode === 0 ? "" : `, exit ${build.exitCode}`;
  const asked = build.targets.length === 0 ? "" : `, asked for ${build.targets.join(" ")}`;
  return [
    [cell(` ${build.build}`, "strong")],
    [
      cell(` ${word}`, build.state),
      cell(shorten(`${time}${exit}${asked}`, width - word.length - 2, theme.marks.ellipsis)),
    ],
    [],
  ];
}

function stageRows(
  stages: readonly PastStage[],
  width: number,
  room: number,
  theme: Theme,
): readonly Row[] {
  if (stages.length === 0) return [[cell(" No stage began.", "dim")]];
  const shown = longest(stages, stages.length <= room ? stages.length : room - 1);
  const names = Math.min(16, Math.max(...shown.map(({ name }) => name.length)));
  const most = Math.max(1, ...shown.map(({ durationMs = 0 }) => durationMs));
  const rows = shown.map((stage) => stageRow(stage, names, most, width, theme));
  const left = stages.filter((stage) => !shown.includes(stage));
  if (left.length === 0) return rows;
  const time = left.reduce((sum, { durationMs = 0 }) => sum + durationMs, 0);
  return [...rows, [cell(`   and ${left.length} shorter stages, ${clockTime(time)}`, "dim")]];
}

/** The longest ones and those that did not succeed, in the order of the build. */
function longest(stages: readonly PastStage[], room: number): readonly PastStage[] {
  const weight = ({ state, durationMs = 0 }: PastStage): number =>
    state === "succeeded" ? durationMs : Number.MAX_SAFE_INTEGER;
  const kept = new Set(stages.toSorted((a, b) => weight(b) - weight(a)).slice(0, room));
  return stages.filter((stage) => kept.has(stage));
}

function stageRow(stage: PastStage, names: number, most: number, width: number, theme: Theme): Row {
  const { marks, ascii } = theme;
  const { name, state, durationMs, attempts } = stage;
  const time = (durationMs === undefined ? "" : clockTime(durationMs)).padStart(8);
  const exit = state === "failed" && stage.exitCode !== undefined ? `exit ${stage.exitCode}` : "";
  const again = attempts > 1 ? `attempt ${attempts}` : "";
  const both = [again, exit].filter((note) => note !== "").join(", ");
  const after = width - names - 14;
  const notes = both.length + 1 <= after ? both : exit;
  const room = after - (notes === "" ? 0 : notes.length + 1);
  const drawn = bar((durationMs ?? 0) / most, Math.max(0, Math.min(room, longestBar)), ascii);
  return [
    cell(` ${marks.state[state]}`, state),
    cell(` ${shorten(name, names, marks.ellipsis).padEnd(names)}`),
    cell(`${time}  `, "dim"),
    cell(drawn, state === "failed" ? "failed" : "accent"),
    cell(notes === "" ? "" : ` ${notes}`, state === "failed" ? "failed" : "dim"),
  ];
}

function problemRows(
  { problemCount, firstProblem }: PastBuild,
  width: number,
  { marks }: Theme,
): Row[] {
  if (firstProblem === undefined) return [];
  const more = problemCount === 1 ? "1 problem" : `${problemCount} problems`;
  return [
    [],
    [cell(` ${marks.problem} ${more}`, "failed")],
    [cell(`   ${shorten(firstProblem, width - 4, marks.ellipsis)}`)],
  ];
}

function madeRows(build: PastBuild, view: ListView, width: number, theme: Theme): Row[] {
  const { disk, isVerifying } = view;
  if (build.artefacts.length === 0) return [];
  const made = build.artefacts.map(({ path, bytes }): Row => {
    const size = bytesText(bytes).padStart(9);
    const file = disk?.made.find((each) => each.path === path);
    const isThere = file === undefined || isStillThere(file);
    const gone = file?.replacedBy === undefined ? "gone" : "replaced";
    const name = `${path}${isThere ? "" : ` (${gone})`}`;
    return [
      cell(size),
      cell(`  ${shortenStart(name, width - 12, theme.marks.ellipsis)}`, isThere ? "plain" : "dim"),
    ];
  });
  const fills = (build.image?.volumes ?? []).map((volume): Row => [
    cell(percentText(volume.usedBytes, volume.bytes).padStart(9)),
    cell(`  of ${volume.name}, ${percentText(volume.usedInodes, volume.inodes)} of inodes`),
  ]);
  const verified = verificationRow(disk?.verification, isVerifying, width, theme);
  return [[], ...made, ...fills, ...(verified === undefined ? [] : [verified])];
}

function logsRows(disk: OnDisk | undefined): Row[] {
  if (disk === undefined) return [];
  const text = disk.dropped ?? `${bytesText(disk.logBytes)} of logs`;
  return [[], [cell(` ${text}`, "dim")]];
}
