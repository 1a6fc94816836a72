// Invariant: pure; one row: whose build this is on the left, how far it is on the right.
import type { BuildState, RunState } from "../../engine/journal/state.ts";
import { workedMs } from "../../engine/journal/worked.ts";
import type { ConsoleModel, PastPlace } from "../model.ts";
import type { Theme } from "../theme.ts";
import { isAboutBuild } from "../views.ts";
import { cell, fit, rowWidth, shortenStart, type Cell, type Row } from "./cells.ts";
import { clockTime } from "../../engine/journal/clock-time.ts";
import { agoText, since } from "./duration.ts";
import { fileLink } from "./links.ts";
import { buildEta } from "./progress.ts";
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

/** The header of a screen of `width` cells. */
export function headerRow(model: ConsoleModel, theme: Theme, width: number): Row {
  const isElsewhere = model.past !== undefined && !isAboutBuild(model.ui.screen);
  const right = isElsewhere ? [] : progress(model, width);
  const room = width - rowWidth(right) - 2;
  const separator = cell(` ${theme.marks.dot} `, "dim");
  // Builds are numbered; the time of day says more.
  const stamp = model.build?.build.replace(/^\d+-/, "");
  const build = stamp === undefined ? [] : [separator, cell(stamp, "dim")];
  const layout = [separator, cell(model.workspace.layout, "dim")];
  const forms: Row[] = [[...layout, ...build], layout, []];
  // A page shows the tree as it is now, or each build with its own state.
  if (isElsewhere) forms.shift();
  const past = isElsewhere ? undefined : model.past;
  if (past !== undefined) forms.unshift(...pastForms(past, separator));
  const tail = forms.find((form) => rowWidth(form) + shortestPath <= room) ?? [];
  const path = shortenStart(model.workspace.root, room - rowWidth(tail) - 1, theme.marks.ellipsis);
  const link = fileLink(model.workspace.root);
  if (past !== undefined && tail.length === 0) {
    // Which build it is matters more than where.
    const which: Row = [cell(` build ${past.at} of ${past.of}`, "notice")];
    return [...fit(which, width - rowWidth(right), theme.marks.ellipsis), ...right];
  }
  const left: Row = [cell(" "), { ...cell(path, "strong"), link }, ...tail];
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
  const { done, stages: all } = progressOf(build);
  const { runs, percent } = model.facts;
  const elapsed = clockTime(workedMs(build, model.now));
  const eta = buildEta(build, runs, model.now);
  const state = cell(buildWord(build), build.stopping !== undefined ? "interrupted" : build.state);
  const gap = cell("  ");
  // Without past runs the share of a stage is not known yet.
  const isShared = build.state === "running" && runs !== undefined;
  if (width < 60) {
    const share = isShared ? ` ${percent} %` : "";
    return [state, cell(`${share} ${done}/${all} `), cell(`${elapsed} `, "dim")];
  }
  const stages = cell(`${done} of ${all} stages`);
  const share = isShared ? [gap, cell(`${percent} %`, "strong")] : [];
  const rest = eta === undefined ? [] : [gap, cell(eta, "dim")];
  return [
    ...diskCells(model, width),
    state,
    ...share,
    gap,
    stages,
    gap,
    // Of an earlier build its number is told instead, and the list of builds has its day.
    ...(build.endedAt === undefined || model.past !== undefined
      ? [cell(elapsed, "strong"), ...rest]
      : [cell(`took ${elapsed}  ${agoText(since(build.endedAt, model.now))}`, "dim")]),
    cell(" "),
  ];
}

/** From this width on there is room to say how much disk is free; a full one is always told. */
const diskFrom = 110;

function diskCells({ facts: { disk } }: ConsoleModel, width: number): Row {
  if (disk === undefined) return [];
  const { isLow } = disk;
  if (!isLow && width < diskFrom) return [];
  return [cell(`${sizeText(disk.free)} free`, isLow ? "notice" : "dim"), cell("  ")];
}

/** Decimal units, as tools that tell free space have them. */
function sizeText(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toFixed(value < 10 && power > 0 ? 1 : 0)} ${units[power] ?? ""}`;
}
