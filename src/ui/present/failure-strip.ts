// Invariant: pure; the problems under the build take at most a third of the screen, however many
// there are, so that what runs is always in sight.
import type { Problem } from "../../engine/journal/state.ts";
import type { ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { keyIn } from "./hints.ts";
import { cell, ruled, type Cell, type Row } from "./cells.ts";
import { problemLink } from "./links.ts";
import { located, problemRows } from "./problem-text.ts";
import { groupOf, orderedProblems } from "./problems.ts";

/** In a lower terminal the stages tell how many problems they have, and that is all. */
const leastRows = 16;

/** Where there is room, a sentence gets so many rows. */
const rowsEach = [4, 3, 2] as const;

type Shown = Pick<ConsoleModel, "build" | "ui" | "size">;

/** Rows of the strip, its title among them; 0 where there is none. */
export function stripHeight(model: Shown): number {
  const rows = stripProblems(model, "").reduce((sum, { texts }) => sum + texts.length, 0);
  return rows === 0 ? 0 : rows + 1;
}

/** The problems that fit, the cause first, under a line that says how many there are. */
export function failureStrip(model: ConsoleModel, theme: Theme, width: number): readonly Row[] {
  const shown = stripProblems(model, theme.marks.ellipsis);
  if (shown.length === 0) return [];
  const all = model.build?.problems.length ?? 0;
  const count = all === 1 ? "1 problem" : `${all} problems`;
  const hidden = all - shown.length;
  const more = hidden === 0 ? "" : `, ${hidden} not shown`;
  const key = keyIn("build", "failures", model.keymap);
  const title = ruled(
    [cell(` ${count}`, "failed"), cell(more, "dim")],
    key === undefined
      ? []
      : [cell(` ${key}`, "key"), cell(hidden === 0 ? " why " : " all ", "dim")],
    width,
    theme.marks.horizontal,
  );
  return [title, ...shown.flatMap((each) => problemCells(each, model, theme))];
}

/** A problem, and its sentence as it stands in the strip. */
interface StripProblem {
  readonly problem: Problem;
  readonly texts: readonly string[];
}

/** The first ones, and of each as much as fits. */
function stripProblems({ build, ui, size }: Shown, ellipsis: string): readonly StripProblem[] {
  if (build === undefined || build.problems.length === 0) return [];
  if (ui.screen !== "build" || size.rows < leastRows) return [];
  const room = Math.min(Math.floor(size.rows / 3), size.rows < 40 ? 5 : 9) - 1;
  const problems = orderedProblems(build).slice(0, room);
  const texts = (problem: Problem, most: number): readonly string[] =>
    problemRows(
      headingOf(problem),
      located(problem, build.workspace),
      size.columns - indent.length - 1,
      most,
      ellipsis,
    );
  for (const most of rowsEach) {
    const shown = problems.map((problem) => ({ problem, texts: texts(problem, most) }));
    if (heightOf(shown) <= room) return shown;
  }
  // Of too many, the first is the cause: what came of it needs fewer words.
  const brief = problems.map((problem, at) => ({ problem, texts: texts(problem, at > 0 ? 1 : 2) }));
  while (heightOf(brief) > room) brief.pop();
  return brief;
}

function heightOf(shown: readonly StripProblem[]): number {
  return shown.reduce((sum, { texts }) => sum + texts.length, 0);
}

function headingOf(problem: Problem): string {
  const { count = 1 } = problem;
  return `${groupOf(problem)}${count > 1 ? ` x${count}` : ""}`;
}

const indent = "   ";

function problemCells(
  { problem, texts }: StripProblem,
  { workspace }: ConsoleModel,
  { marks }: Theme,
): readonly Row[] {
  const heading = `${headingOf(problem)} `;
  const address = problemLink(problem, workspace.root);
  const linked = (text: string): Cell => ({
    ...cell(text),
    ...(address === undefined ? {} : { link: address }),
  });
  return texts.map((text, at): Row => {
    if (at > 0) return [cell(indent), linked(text)];
    const isWhole = text.startsWith(heading);
    return [
      cell(` ${marks.problem} `, "failed"),
      cell(isWhole ? heading : "", "dim"),
      linked(isWhole ? text.slice(heading.length) : text),
    ];
  });
}
