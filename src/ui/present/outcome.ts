// Invariant: pure; says in one row what came of the build and what to do next, or what was just done.
import { join } from "node:path";
import type { BuildState } from "../../engine/journal/state.ts";
import type { ConsoleModel } from "../model.ts";
import type { Tone } from "../theme.ts";
import { cell, type Row } from "./cells.ts";
import { hintText, keyIn, type Hint } from "./hints.ts";
import { fileLink } from "./links.ts";
import { otherOrigin } from "./other-origin.ts";
import { narrowedRow, promptRow, selectionRow } from "./narrowed.ts";

/** The row above the key bar; undefined when there is nothing to say. */
export function outcomeRow(
  model: Pick<ConsoleModel, "build" | "ui" | "past" | "keymap"> &
    Partial<Pick<ConsoleModel, "log">>,
): Row | undefined {
  const { build, ui } = model;
  if (ui.overlay?.kind === "prompt") return promptRow(ui.overlay.asks, ui.overlay.text);
  if (ui.isSelecting) return selectionRow(model, model.log?.selected ?? 0);
  if (ui.isNarrowed) return narrowedRow(model, model.log);
  if (ui.notice !== undefined) return [cell(` ${ui.notice}`, "notice")];
  if (build === undefined) return undefined;
  const said = model.past === undefined ? outcomeOf(build, model) : pastOutcome(build, model);
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

type Shown = Pick<ConsoleModel, "ui" | "keymap">;

/** How each screen tells why something failed. */
function whyHint(build: BuildState, { ui }: Shown): readonly Hint[] {
  if (build.problems.length === 0) return [];
  if (ui.screen === "build") return [["failures", "why"]];
  return ui.screen === "log" ? [["explain", "why"]] : [];
}

function outcomeOf(build: BuildState, shown: Shown): Outcome | undefined {
  const { hostTrouble } = shown.ui;
  switch (build.state) {
    case "running":
      return hostTrouble === undefined
        ? runningOutcome(build)
        : { text: hostTrouble, tone: "failed" };
    case "failed": {
      const failed = build.stages.filter(({ state }) => state === "failed").map(({ name }) => name);
      const names = failed.length === 0 ? "The build" : failed.join(", ");
      const elsewhere = mendElsewhere(build, failed, shown);
      if (elsewhere !== undefined) {
        const why = hintText(shown, whyHint(build, shown));
        return { text: `${names} failed. ${why} ${elsewhere}`, tone: "failed" };
      }
      const next = hintText(shown, [
        ...whyHint(build, shown),
        ["next-failure", "next problem"],
        ["retry", "retry"],
        ["detach", "quit"],
      ]);
      return { text: `${names} failed. ${next}`, tone: "failed" };
    }
    case "interrupted":
      return { text: `Stopped. ${hintText(shown, stoppedHints)}`, tone: "interrupted" };
    case "succeeded": {
      const quit = hintText(shown, [["detach", "quit"]]);
      const made = build.artefacts[0]?.path;
      if (made === undefined) return { text: `Done.  ${quit}`, tone: "succeeded" };
      return { text: "Done: ", tone: "succeeded", made, then: `  ${quit}` };
    }
    case "skipped":
    case "pending":
      return undefined;
  }
}

/** A retry of the stage that failed cannot help while an earlier one has to be mended. */
function mendElsewhere(
  build: BuildState,
  failed: readonly string[],
  { ui, keymap }: Shown,
): string | undefined {
  const [stage, ...others] = failed;
  const key = keyIn(ui.screen, "build", keymap);
  if (stage === undefined || others.length > 0 || key === undefined) return undefined;
  const origin = otherOrigin(build, stage);
  return (
    origin && `Mend ${origin.component}, then ${key}: builds ${origin.stage} and the rest again.`
  );
}

const stoppedHints: readonly Hint[] = [
  ["retry", "run the stage again"],
  ["detach", "quit"],
];

/** Of an earlier build: what it came to, and the way back. */
function pastOutcome(build: BuildState, shown: Shown): Outcome {
  const back = hintText(shown, [["newest-build", "back to the newest build"]]);
  switch (build.state) {
    case "failed": {
      const failed = build.stages.filter(({ state }) => state === "failed").map(({ name }) => name);
      const next = hintText(shown, [
        ...whyHint(build, shown),
        ["newest-build", "back to the newest build"],
      ]);
      return { text: `${failed.join(", ") || "It"} failed.  ${next}`, tone: "failed" };
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
