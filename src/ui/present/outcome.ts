// Invariant: pure; says in one row what came of the build and what to do next, or what was just done.
import { join } from "node:path";
import type { BuildState } from "../../engine/journal/state.ts";
import type { ConsoleModel, ScreenName, UiState } from "../model.ts";
import type { Tone } from "../theme.ts";
import { cell, type Row } from "./cells.ts";
import { fileLink } from "./links.ts";
import { narrowedRow, promptRow, selectionRow } from "./narrowed.ts";

/** The row above the key bar; undefined when there is nothing to say. */
export function outcomeRow(
  model: Pick<ConsoleModel, "build" | "ui" | "past"> & Partial<Pick<ConsoleModel, "log">>,
): Row | undefined {
  const { build, ui } = model;
  if (ui.overlay?.kind === "prompt") return promptRow(ui.overlay.asks, ui.overlay.text);
  if (ui.isSelecting) return selectionRow(model.log?.selected ?? 0, ui.notice);
  if (ui.isNarrowed) return narrowedRow(ui.filter, model.log, ui.notice);
  if (ui.notice !== undefined) return [cell(` ${ui.notice}`, "notice")];
  if (build === undefined) return undefined;
  const said = model.past === undefined ? outcomeOf(build, ui) : pastOutcome(build, ui.screen);
  if (said === undefined) return undefined;
  const { text, tone, made = "", then = "" } = said;
  const link = fileLink(join(build.workspace, made));
  return [cell(` ${text}`, tone), { ...cell(made, tone), link }, cell(then, tone)];
}

/** A sentence; `made` is a file in it, below the workspace. */
interface Outcome {
  readonly text: string;
  readonly tone: Tone;
  readonly made?: string;
  readonly then?: string;
}

/** How each screen tells why something failed. */
const whyKeys: Partial<Record<ScreenName, string>> = { build: "f: why, ", log: "Enter: why, " };

function outcomeOf(
  build: BuildState,
  { screen, hostTrouble }: Pick<UiState, "screen" | "hostTrouble">,
): Outcome | undefined {
  switch (build.state) {
    case "running":
      return hostTrouble === undefined
        ? runningOutcome(build)
        : { text: hostTrouble, tone: "failed" };
    case "failed": {
      const failed = build.stages.filter(({ state }) => state === "failed").map(({ name }) => name);
      const why = build.problems.length === 0 ? "" : (whyKeys[screen] ?? "");
      const names = failed.length === 0 ? "The build" : failed.join(", ");
      return { text: `${names} failed. ${why}e: next problem, r: retry, q: quit.`, tone: "failed" };
    }
    case "interrupted":
      return { text: "Stopped. r: run the stage again, q: quit.", tone: "interrupted" };
    case "succeeded": {
      const made = build.artefacts[0]?.path;
      if (made === undefined) return { text: "Done.  q: quit.", tone: "succeeded" };
      return { text: "Done: ", tone: "succeeded", made, then: "  q: quit." };
    }
    case "skipped":
    case "pending":
      return undefined;
  }
}

/** Of an earlier build: what it came to, and the way back. */
function pastOutcome(build: BuildState, screen: ScreenName): Outcome {
  const back = "0: back to the newest build.";
  switch (build.state) {
    case "failed": {
      const failed = build.stages.filter(({ state }) => state === "failed").map(({ name }) => name);
      const why = build.problems.length === 0 ? "" : (whyKeys[screen] ?? "");
      return { text: `${failed.join(", ") || "It"} failed.  ${why}${back}`, tone: "failed" };
    }
    case "interrupted":
      return { text: `It was stopped.  ${back}`, tone: "interrupted" };
    case "succeeded":
      return { text: `It succeeded.  ${back}`, tone: "succeeded" };
    case "running":
    case "pending":
    case "skipped":
      return { text: `It never ended.  ${back}`, tone: "interrupted" };
  }
}

function runningOutcome(build: BuildState): Outcome | undefined {
  if (build.stopping !== undefined) {
    return {
      text: `Stopping: asked all its processes to end, kills them after ${build.stopping.graceSeconds} s.`,
      tone: "interrupted",
    };
  }
  const failed = build.stages.filter(({ state }) => state === "failed").map(({ name }) => name);
  return failed.length === 0
    ? undefined
    : { text: `${failed.join(", ")} failed; the rest goes on.`, tone: "failed" };
}
