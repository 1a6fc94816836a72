// Invariant: pure; one row a build, in columns that do not move; the chosen one is always in view.
import { bytesText, ruleText } from "../../../engine/journal/dropped-logs.ts";
import type { PastBuild } from "../../../engine/journal/past-builds.ts";
import { cell, fit, inverted, rowWidth, shorten, type Row } from "../../present/cells.ts";
import { beyond, withMoreMarks } from "../../present/more-marks.ts";
import { clockTime } from "../../../engine/journal/clock-time.ts";
import type { Theme } from "../../theme.ts";
import { bar } from "./bars.ts";
import type { ListView } from "./view.ts";
import { resultWord, whenText } from "./words.ts";

const timeWidth = 8;
const barWidth = 12;

/** Rows of the list itself; the one under it says what there is of logs. */
export function listRows(
  view: ListView,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  const builds = view.builds.slice(0, height - 1).map((build, index) => {
    const at = view.top + index;
    const row = fit(buildRow(build, at, view, theme, width), width, theme.marks.ellipsis);
    return at === view.chosen ? inverted(row) : row;
  });
  const blank = Array.from({ length: height - 1 - builds.length }, (): Row => []);
  const left = beyond(view.top, builds.length, view.count);
  const shown = withMoreMarks(builds, left, width, theme);
  return [...shown, ...blank, [cell(` ${footText(view, width - 2)}`, "dim")]];
}

/** Builds that fit into a list of this height. */
export function listHeight(height: number): number {
  return Math.max(1, height - 1);
}

function buildRow(build: PastBuild, at: number, view: ListView, theme: Theme, width: number): Row {
  const { marks, ascii } = theme;
  const isMarked = build.folder === view.marked;
  const elapsed =
    build.durationMs ?? (at === 0 ? view.now - Date.parse(build.startedAt) : undefined);
  const left: Row = [
    cell(isMarked ? marks.hit : at === view.chosen ? marks.cursor : " ", "accent"),
    cell(marks.state[build.state], build.state),
    cell(String(build.number).padStart(4)),
    cell(`  ${whenText(build.startedAt, view.now)}`, "dim"),
    cell(` ${(elapsed === undefined ? "-" : clockTime(elapsed)).padStart(timeWidth)}  `),
  ];
  const room = width - rowWidth(left) - 1;
  if (room < 4) return left;
  const length = Math.min(room, barWidth);
  const share = (elapsed ?? 0) / Math.max(1, view.longestMs);
  const drawn = cell(bar(share, length, ascii).padEnd(length), barTone(build));
  if (room < length + 14) return [...left, drawn];
  const why = shorten(whyText(build, at === 0), room - length - 2, marks.ellipsis);
  return [...left, drawn, cell(`  ${why}`, "dim")];
}

function barTone({ state }: PastBuild): "accent" | "failed" | "interrupted" {
  if (state === "failed") return "failed";
  return state === "interrupted" ? "interrupted" : "accent";
}

function whyText(build: PastBuild, isNewest: boolean): string {
  const failed = build.stages.find(({ state }) => state === "failed" || state === "interrupted");
  const word = resultWord(build.state, isNewest);
  if (failed === undefined) return word;
  return build.state === "failed" ? `${failed.name} failed` : `${word} in ${failed.name}`;
}

function footText({ count, isReading, use }: ListView, room: number): string {
  const builds = isReading ? `${count} builds so far` : count === 1 ? "1 build" : `${count} builds`;
  if (use === undefined) return builds;
  const logs = `${builds}, ${bytesText(use.bytes)} of logs`;
  const rule = `${logs}; ${ruleText(use.rule)}`;
  return rule.length <= room ? rule : logs;
}
