// Invariant: pure; one row: whose build this is on the left, how far it is on the right.
import type { BuildState, RunState } from "../../engine/journal/state.ts";
import type { ConsoleModel, PastPlace } from "../model.ts";
import type { Theme } from "../theme.ts";
import { cell, fit, rowWidth, shortenStart, type Cell, type Row } from "./cells.ts";
import { clockTime, since } from "./duration.ts";
import { progressOf } from "./selection.ts";

/** Fewer cells of the path would not tell one workspace from another. */
const shortestPath = 11;

const words: Readonly<Record<RunState, string>> = {
  pending: "waiting",
  running: "running",
  succeeded: "succeeded",
  failed: "failed",
  skipped: "skipped",
  interrupted: "stopped",
};

/** What the build as a whole is doing, in a word. */
export function buildWord(build: BuildState): string {
  return build.state === "running" && build.stopping !== undefined
    ? "stopping"
    : words[build.state];
}

/** Milliseconds from the start to the end, or to now. */
export function buildElapsed(build: BuildState, now: number): number {
  return build.durationMs ?? since(build.startedAt, now);
}

/** The header of a screen of `width` cells. */
export function headerRow(model: ConsoleModel, theme: Theme, width: number): Row {
  const right = progress(model, width);
  const room = width - rowWidth(right) - 2;
  const separator = cell(` ${theme.marks.dot} `, "dim");
  // Builds are numbered; the time of day says more.
  const stamp = model.build?.build.replace(/^\d+-/, "");
  const build = stamp === undefined ? [] : [separator, cell(stamp, "dim")];
  const layout = [separator, cell(model.workspace.layout, "dim")];
  const forms: Row[] = [[...layout, ...build], layout, []];
  const { past } = model;
  if (past !== undefined) forms.unshift(...pastForms(past, separator));
  const tail = forms.find((form) => rowWidth(form) + shortestPath <= room) ?? [];
  const path = shortenStart(model.workspace.root, room - rowWidth(tail) - 1, theme.marks.ellipsis);
  const left: Row = [cell(" "), cell(path, "strong"), ...tail];
  return [...fit(left, width - rowWidth(right), theme.marks.ellipsis), ...right];
}

/** Which build it is, and that it is over: what must be said of an earlier build, long and short. */
function pastForms({ at, of }: PastPlace, separator: Cell): Row[] {
  const which = `build ${at} of ${of}`;
  return [
    [separator, cell(`${which}, read-only`, "notice")],
    [separator, cell(which, "notice")],
  ];
}

/** How far the build is, and whether the mouse is ours. */
function progress(model: ConsoleModel, width: number): Row {
  const mark = model.ui.mouse ? [cell(width < 60 ? "M " : "mouse  ", "notice")] : [];
  return [...mark, ...buildProgress(model, width)];
}

function buildProgress(model: ConsoleModel, width: number): Row {
  const { build } = model;
  if (build === undefined) return [cell("no build yet ", "dim")];
  const { done, planned } = progressOf(build);
  const elapsed = clockTime(buildElapsed(build, model.now));
  const state = cell(buildWord(build), build.stopping !== undefined ? "interrupted" : build.state);
  const gap = cell("  ");
  if (width < 60) return [state, cell(` ${done}/${planned} `), cell(`${elapsed} `, "dim")];
  const stages = cell(`${done} of ${planned} stages`);
  return [state, gap, stages, gap, cell(elapsed, "strong"), cell(" ")];
}
