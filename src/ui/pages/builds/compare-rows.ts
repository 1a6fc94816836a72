// Invariant: pure; what differs between two builds, as lines that may be more than fit.
import type { Problem } from "../../../engine/journal/events.ts";
import type { ComparedStage } from "../../../engine/journal/compare-builds.ts";
import { cell, type Cell, type Row, shorten, type Tone } from "../../present/cells.ts";
import { clockTime } from "../../../engine/journal/clock-time.ts";
import type { Theme } from "../../theme.ts";
import type { CompareView } from "./view.ts";
import { whenText } from "./words.ts";

const timeWidth = 9;
/** A stage that took so much longer stands out: a tenth, and at least five seconds. */
const notable = { share: 0.1, ms: 5000 };

/** All rows of the comparison's screen. */
export function compareRows(view: CompareView, theme: Theme, width: number): readonly Row[] {
  const { older, newer, compared, now } = view;
  const names = Math.min(18, Math.max(5, ...compared.stages.map(({ name }) => name.length)));
  const [left, right] = [String(older.number), String(newer.number)];
  return [
    [
      cell(` Build ${left} and build ${right}`, "strong"),
      cell(`  ${whenText(older.startedAt, now)}, then ${whenText(newer.startedAt, now)}`, "dim"),
    ],
    [],
    ...settingRows(view, theme, width),
    [
      cell(
        `   ${"stage".padEnd(names)}${left.padStart(timeWidth)}${right.padStart(timeWidth)}${"time +/-".padStart(timeWidth + 1)}`,
        "dim",
      ),
    ],
    ...compared.stages.map((stage) => stageRow(stage, names, theme)),
    totalRow(view, names),
    [],
    ...problemRows(view, theme, width),
    [],
    ...changeRows(view, theme, width),
  ];
}

function stageRow({ name, before, after }: ComparedStage, names: number, theme: Theme): Row {
  const { marks } = theme;
  const time = (ms: number | undefined): string =>
    (ms === undefined ? "-" : clockTime(ms)).padStart(timeWidth);
  const state = (after ?? before)?.state ?? "pending";
  const mark = after === undefined ? " " : marks.state[state];
  return [
    cell(` ${mark} `, state),
    cell(shorten(name, names, marks.ellipsis).padEnd(names)),
    cell(time(before?.durationMs), before?.state === "failed" ? "failed" : "dim"),
    cell(time(after?.durationMs), after?.state === "failed" ? "failed" : "plain"),
    differenceCell(before?.durationMs, after?.durationMs),
  ];
}

function totalRow({ older, newer }: CompareView, names: number): Row {
  const time = (ms: number | undefined): string =>
    (ms === undefined ? "-" : clockTime(ms)).padStart(timeWidth);
  return [
    cell(`   ${"in all".padEnd(names)}`, "strong"),
    cell(time(older.durationMs), "dim"),
    cell(time(newer.durationMs)),
    differenceCell(older.durationMs, newer.durationMs),
  ];
}

function differenceCell(before: number | undefined, after: number | undefined): Cell {
  if (before === undefined || after === undefined) return cell("");
  const by = after - before;
  const text = Math.abs(by) < 1000 ? "same" : `${by > 0 ? "+" : "-"}${clockTime(Math.abs(by))}`;
  const stands = Math.abs(by) >= notable.ms && Math.abs(by) >= before * notable.share;
  const tone: Tone = !stands ? "dim" : by > 0 ? "interrupted" : "succeeded";
  return cell(text.padStart(timeWidth + 1), tone);
}

function problemRows({ compared }: CompareView, theme: Theme, width: number): readonly Row[] {
  const { gone, fresh, same } = compared;
  if (gone.length + fresh.length + same.length === 0) {
    return [[cell(" Problems", "strong"), cell("  none in either", "dim")]];
  }
  const rows = (word: string, tone: Tone, problems: readonly Problem[]): Row[] =>
    problems.map(({ stage, summary }) => [
      cell(`   ${word.padEnd(7)}`, tone),
      cell(shorten(`${stage}: ${summary}`, width - 11, theme.marks.ellipsis)),
    ]);
  return [
    [cell(" Problems", "strong")],
    ...rows("new", "failed", fresh),
    ...rows("still", "interrupted", same),
    ...rows("mended", "succeeded", gone),
  ];
}

/** A line of what differs, after what it is. */
function differing(label: string, text: string, theme: Theme, width: number): Row {
  return [
    cell(`   ${label.padEnd(9)}`, "dim"),
    cell(shorten(text, width - 13, theme.marks.ellipsis)),
  ];
}

/** What was set or asked for in another way: it explains the rest, so it comes first. */
function settingRows({ compared }: CompareView, theme: Theme, width: number): readonly Row[] {
  const { settings, fragments, asked } = compared;
  const rows = [
    ...settings.map((name) => differing("setting", name, theme, width)),
    ...fragments.map((name) => differing("fragment", name, theme, width)),
    ...asked.map((text) => differing("asked", text, theme, width)),
  ];
  return rows.length === 0 ? [] : [[cell(" Settings that differ", "strong")], ...rows, []];
}

function changeRows(view: CompareView, theme: Theme, width: number): readonly Row[] {
  const { compared, commits, older } = view;
  const { settings, fragments, asked, repositories, knowsSources } = compared;
  const line = (label: string, text: string): Row => differing(label, text, theme, width);
  const moved = repositories.map(({ name, from, to }) => {
    const where = name === "." ? "the tree" : name;
    return from === to
      ? line("edited", `${where}: other changes that are not committed`)
      : line("commits", `${where}: ${from.slice(0, 10)}, then ${to.slice(0, 10)}`);
  });
  const rows = [
    ...moved,
    ...(commits ?? []).map((text): Row => [
      cell(`     ${shorten(text, width - 6, theme.marks.ellipsis)}`),
    ]),
    ...(commits === undefined && moved.length > 0
      ? [line("", `git is asked ${theme.marks.ellipsis}`)]
      : []),
  ];
  const isAlike = settings.length + fragments.length + asked.length === 0;
  const none = knowsSources
    ? `nothing ${isAlike ? "" : "else "}that smartbuild knows of`
    : "the journal is too old to tell what it was built from";
  return rows.length === 0
    ? [[cell(" Changed", "strong"), cell(`  ${none}`, "dim")]]
    : [[cell(` Changed since build ${older.number}`, "strong")], ...rows];
}
