// Invariant: pure; the problems under the build take at most a third of the screen, however many
// there are, so that what runs is always in sight.
import type { Problem } from "../../engine/journal/state.ts";
import type { ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { keyIn } from "./hints.ts";
import { cell, ruled, shorten, type Row } from "./cells.ts";
import { problemLink } from "./links.ts";
import { groupOf, orderedProblems } from "./problems.ts";

/** In a lower terminal the stages tell how many problems they have, and that is all. */
const leastRows = 16;

/** Rows of the strip, its title among them; 0 where there is none. */
export function stripHeight({
  build,
  ui,
  size,
}: Pick<ConsoleModel, "build" | "ui" | "size">): number {
  const count = build?.problems.length ?? 0;
  if (ui.screen !== "build" || count === 0 || size.rows < leastRows) return 0;
  const most = Math.min(Math.floor(size.rows / 3), size.rows < 40 ? 5 : 9);
  return Math.min(count + 1, most);
}

/** The problems that fit, the cause first, under a line that says how many there are. */
export function failureStrip(model: ConsoleModel, theme: Theme, width: number): readonly Row[] {
  const height = stripHeight(model);
  const { build } = model;
  if (height === 0 || build === undefined) return [];
  const problems = orderedProblems(build);
  const shown = problems.slice(0, height - 1);
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const hidden = problems.length - shown.length;
  const more = hidden === 0 ? "" : `, ${hidden} not shown`;
  const title = ruled(
    [cell(` ${count}`, "failed"), cell(more, "dim")],
    [
      cell(` ${keyIn("build", "failures", model.keymap) ?? ""}`, "key"),
      cell(hidden === 0 ? " why " : " all ", "dim"),
    ],
    width,
    theme.marks.horizontal,
  );
  return [title, ...shown.map((problem) => problemRow(problem, model, theme, width))];
}

function problemRow(problem: Problem, model: ConsoleModel, { marks }: Theme, width: number): Row {
  const group = groupOf(problem);
  const count = (problem.count ?? 1) > 1 ? ` x${String(problem.count)}` : "";
  const room = width - 5 - group.length - count.length;
  const text = shorten(problem.summary, Math.max(8, room), marks.ellipsis);
  const link = problemLink(problem, model.workspace.root);
  return [
    cell(` ${marks.problem} `, "failed"),
    cell(`${group} `, "dim"),
    { ...cell(text), ...(link === undefined ? {} : { link }) },
    cell(count, "dim"),
  ];
}
