// Invariant: pure; the build in one row, for a screen too small for anything else.
import type { ConsoleModel } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, fit, type Row } from "./cells.ts";
import { clockTime } from "./duration.ts";
import { buildElapsed, buildWord } from "./header.ts";
import { progressOf } from "./selection.ts";

/** `running 3/9 extra 01:20` in `width` cells: the least important goes first. */
export function statusLine(model: ConsoleModel, theme: Theme, width: number): Row {
  const { build } = model;
  if (build === undefined) return fit([cell("b: build  q: quit")], width, theme.marks.ellipsis);
  const { done, planned } = progressOf(build);
  const current =
    build.stages.find(({ state }) => state === "running") ??
    build.stages.find(({ state }) => state === "failed" || state === "interrupted");
  const spinner = theme.marks.spinner[model.beat % theme.marks.spinner.length] ?? "";
  const mark =
    current?.state === "running" ? spinner : theme.marks.state[current?.state ?? build.state];
  const time = clockTime(buildElapsed(build, model.now));
  const what = current?.name ?? buildWord(build);
  return fit(
    [
      cell(`${mark} `, build.state),
      cell(`${done}/${planned} `),
      cell(what, "strong"),
      cell(` ${time}`),
    ],
    width,
    theme.marks.ellipsis,
  );
}
