// Invariant: pure; the build in one row, for a screen too small for anything else.
import { workedMs } from "../../engine/journal/worked.ts";
import type { ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, fit, rowWidth, type Row } from "./cells.ts";
import { clockTime } from "../../engine/journal/clock-time.ts";
import { buildWord } from "./header.ts";
import { outcomeRow } from "./outcome.ts";
import { progressOf } from "./selection.ts";

/** The rows of a very small screen: the build, and the question when one is asked. */
export function statusRows(model: ConsoleModel, theme: Theme, width: number): readonly Row[] {
  const line = statusLine(model, theme, width);
  const { overlay, notice } = model.ui;
  if (overlay?.kind === "prompt" || notice !== undefined) {
    const said = outcomeRow(model) ?? [];
    return [line, fit(said, width, theme.marks.ellipsis)];
  }
  if (overlay?.kind !== "stop") return [line];
  return [line, fit([cell("s stop d detach Esc", "notice")], width, theme.marks.ellipsis)];
}

/** `3/9 extra 01:20` in `width` cells. */
function statusLine(model: ConsoleModel, theme: Theme, width: number): Row {
  const { build } = model;
  if (build === undefined) return fit([cell("b: build  q: quit")], width, theme.marks.ellipsis);
  const { done, stages } = progressOf(build);
  const current =
    build.stages.find(({ state }) => state === "running") ??
    build.stages.find(({ state }) => state === "failed" || state === "interrupted");
  const spinner = theme.marks.spinner[model.beat % theme.marks.spinner.length] ?? "";
  const mark =
    current?.state === "running" ? spinner : theme.marks.state[current?.state ?? build.state];
  const time = clockTime(workedMs(build, model.now));
  const what = current?.name ?? buildWord(build);
  const short: Row = [
    cell(`${mark} `, build.state),
    cell(`${done}/${stages} `),
    cell(what, "strong"),
  ];
  const long: Row = [...short, cell(` ${time}`)];
  return fit(rowWidth(long) > width ? short : long, width, theme.marks.ellipsis);
}
