// Invariant: pure; the problems on one side, on the other what is known of the selected one: what
// happened, the lines that prove it, what to do next.
import type { Problem } from "../../engine/journal/state.ts";
import type { ConsoleModel, VisibleLine } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, fit, inverted, shorten, shortenStart, tall, type Row } from "./cells.ts";
import { textWidth } from "../text-width.ts";
import { lineRow, wholeRows } from "./log-rows.ts";
import { located } from "./problem-text.ts";
import { beyond, withMoreMarks } from "./more-marks.ts";
import { groupOf, orderedProblems, selectedProblem } from "./problems.ts";
import { wrapped } from "./wrapped.ts";

/** Below this the panes stand one above the other. */
const twoColumns = 60;

/** Cells for the list; undefined where it stands above the rest. */
export function listWidth(columns: number): number | undefined {
  return columns < twoColumns ? undefined : Math.min(60, Math.max(28, Math.floor(columns * 0.38)));
}

/** The body of the failures screen. */
export function failureRows(
  model: ConsoleModel,
  theme: Theme,
  columns: number,
  height: number,
): readonly Row[] {
  const width = listWidth(columns);
  if (width === undefined) {
    const above = Math.max(2, Math.floor(height / 3));
    return [
      ...tall(listRows(model, theme, columns, above), above),
      ...tall(detailRows(model, theme, columns, height - above), height - above),
    ];
  }
  const left = tall(listRows(model, theme, width, height), height);
  const right = tall(detailRows(model, theme, columns - width - 1, height), height);
  return left.map((row, index): Row => [
    ...fit(row, width, theme.marks.ellipsis),
    cell(theme.marks.vertical, "border"),
    ...(right[index] ?? []),
  ]);
}

/** The list, with a heading for each stage and component; the selected problem is in it. */
export function listRows(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  const { build } = model;
  if (build === undefined) return [];
  const selected = selectedProblem(build, model.ui.failure);
  const rows: Row[] = [];
  let at = 0;
  let group: string | undefined;
  for (const problem of orderedProblems(build)) {
    if (groupOf(problem) !== group) {
      group = groupOf(problem);
      rows.push([cell(` ${group}`, "strong")]);
    }
    const isSelected = problem.id === selected?.id;
    if (isSelected) at = rows.length;
    rows.push(listRow(problem, isSelected, theme, width));
  }
  const top = Math.max(0, Math.min(rows.length - height, at + (height < 4 ? 1 : 2) - height));
  const left = beyond(top, height, rows.length);
  return withMoreMarks(rows.slice(top, top + height), left, width, theme);
}

function listRow(problem: Problem, isSelected: boolean, { marks }: Theme, width: number): Row {
  const count = (problem.count ?? 1) > 1 ? ` x${String(problem.count)}` : "";
  const text = shorten(problem.summary, width - 4 - count.length, marks.ellipsis);
  const row = [
    cell(isSelected ? marks.cursor : " ", "accent"),
    cell(`${marks.problem} `, "failed"),
    cell(text),
    cell(count, "dim"),
  ];
  return isSelected ? inverted(fit(row, width, marks.ellipsis)) : row;
}

/** Where there is little room, lines around the proof give way to the next step. */
function detailRows(
  model: ConsoleModel,
  theme: Theme,
  width: number,
  height: number,
): readonly Row[] {
  const { build } = model;
  const selected = build && selectedProblem(build, model.ui.failure);
  const problem = selected && located(selected, build.workspace);
  if (problem === undefined) return [[cell(" No problems.", "dim")]];
  const place = placeOf(problem, width - 2, theme.marks.ellipsis);
  const head: readonly Row[] = [
    ...wrapped(problem.summary, width - 2).map((text) => [cell(` ${text}`, "failed")]),
    ...(place === "" ? [] : [[cell(` ${place}`, "dim")]]),
  ];
  const advice = problem.advice === undefined ? [] : wrapped(problem.advice, width - 2);
  const ui = { ...model.ui, times: false, shift: 0 };
  const plain = { ui, log: undefined };
  const proof = proofRows(
    model.proof ?? [],
    (line) => ({
      whole: wholeRows(line, plain, theme, width),
      brief: lineRow(line, plain, theme, width),
    }),
    height - head.length - advice.length - 2,
  );
  const rows = [
    ...head,
    ...(proof.length === 0 ? [] : [[]]),
    ...proof,
    [],
    ...advice.map((text) => [cell(` ${text}`)]),
  ];
  const dense = rows.length > height ? rows.filter((row) => row.length > 0) : rows;
  const left = beyond(0, height, dense.length);
  return withMoreMarks(dense.slice(0, height), left, width, theme);
}

/**
 * The lines of the proof in whole where there is room for that, with as many around them as fit;
 * else as many as fit with a row each.
 */
function proofRows(
  lines: readonly VisibleLine[],
  draw: (line: VisibleLine) => { readonly whole: readonly Row[]; readonly brief: Row },
  room: number,
): readonly Row[] {
  const drawn = lines.map((line) => ({ ...draw(line), isCause: line.kind === "cause" }));
  const rowsOf = (from: number, to: number): readonly Row[] =>
    drawn.slice(from, to).flatMap(({ whole, brief, isCause }) => (isCause ? whole : [brief]));
  const first = drawn.findIndex(({ isCause }) => isCause);
  const last = drawn.findLastIndex(({ isCause }) => isCause);
  // Lines above tell more of how it came than those below.
  for (let [from, to] = [0, lines.length]; first !== -1 && from <= first;) {
    const rows = rowsOf(from, to);
    if (rows.length <= room) return rows;
    if (to > last + 1) to--;
    else from++;
  }
  const above = Math.max(0, Math.floor((room - (last - first + 1)) / 2));
  const start = Math.max(0, first - above);
  return drawn.slice(start, start + Math.max(1, room)).map(({ brief }) => brief);
}

/** The file and line, and where in the log it stands, as far as that fits as a whole. */
function placeOf(
  { manifest, manifestLine, file, line, lines, count = 1 }: Problem,
  width: number,
  ellipsis: string,
): string {
  const named = manifest ?? file;
  const at = manifest === undefined ? line : manifestLine;
  const place = named === undefined || at === undefined ? named : `${named}:${String(at)}`;
  const parts = [
    ...(place === undefined ? [] : [shortenStart(place, width, ellipsis)]),
    ...(lines === undefined ? [] : [`line ${String(lines[0])} of the log`]),
    ...(count > 1 ? [`${String(count)} times`] : []),
  ];
  return parts.reduce((row, part) => {
    const longer = row === "" ? part : `${row}, ${part}`;
    return textWidth(longer) <= width ? longer : row;
  }, "");
}
