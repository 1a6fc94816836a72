// Invariant: pure; says in one row what came of the build and what to do next, or what was just done.
import { basename, join } from "node:path";
import type { BuildState, Problem } from "../../engine/journal/state.ts";
import { buildKeys } from "../console-keys.ts";
import { keysInTurn } from "../key-names.ts";
import { isAboutBuild } from "../views.ts";
import type { ConsoleModel } from "../model.ts";
import { cell, type Row, type Tone } from "./cells.ts";
import { hintText, keyIn, type Hint } from "./hints.ts";
import { fileLink } from "./links.ts";
import { located, problemPlace } from "./problem-text.ts";
import { orderedProblems } from "./problems.ts";
import { otherOrigin } from "./other-origin.ts";
import { narrowedRow, promptRow, selectionRow } from "./narrowed.ts";

/** The row above the key bar; undefined when there is nothing to say. */
export function outcomeRow(
  model: Pick<ConsoleModel, "build" | "ui" | "past" | "keymap"> &
    Partial<Pick<ConsoleModel, "log" | "facts" | "now">>,
): Row | undefined {
  const { build, ui } = model;
  if (ui.overlay?.kind === "prompt") return promptRow(ui.overlay.asks, ui.overlay.text, ui.filter);
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

type Shown = Pick<ConsoleModel, "ui" | "keymap"> & Partial<Pick<ConsoleModel, "facts" | "now">>;

/** How each screen tells why something failed. */
function whyHint(build: BuildState, { ui }: Shown): readonly Hint[] {
  if (build.problems.length === 0) return [];
  if (ui.screen === "build") return [["failures", "why"]];
  return ui.screen === "log" ? [["explain", "why"]] : [];
}

/** The keys stand in the key bar: only what it does not tell is said with its key. */
function outcomeOf(build: BuildState, shown: Shown): Outcome | undefined {
  const { hostTrouble } = shown.ui;
  switch (build.state) {
    case "running":
      return hostTrouble === undefined
        ? runningOutcome(build, shown.now)
        : { text: hostTrouble, tone: "failed" };
    case "failed": {
      const failed = build.stages.filter(({ state }) => state === "failed").map(({ name }) => name);
      const names = failed.length === 0 ? "The build" : failed.join(", ");
      const again = againText(build, failed);
      return { text: `${names} failed${again}. ${mendText(build, failed, shown)}`, tone: "failed" };
    }
    case "interrupted": {
      const stage = build.stages.find(({ state }) => state === "interrupted")?.name;
      const goOn = stage === undefined ? "" : ` To go on, ${retryText(stage, shown)}`;
      return { text: `Stopped.${goOn}`, tone: "interrupted" };
    }
    case "succeeded": {
      const stale = staleText(shown);
      if (stale !== undefined) return { text: stale, tone: "notice" };
      const made = build.artefacts[0]?.path;
      if (made === undefined) return { text: "Done.", tone: "succeeded" };
      const to = keyIn(shown.ui.screen, "show-builds", shown.keymap);
      const image = keyIn("builds", "show-image", shown.keymap);
      // Whoever looks at the builds is there already.
      const isTold = to === undefined || image === undefined || shown.ui.screen === "builds";
      const keys = isTold ? "" : `  ${keysInTurn(to, image)}: how to boot it`;
      return { text: "Done: ", tone: "succeeded", made, then: keys };
    }
    case "skipped":
    case "pending":
      return undefined;
  }
}

/** That a retry did not help, of the one stage that failed. */
function againText({ stages }: BuildState, failed: readonly string[]): string {
  const attempts = stages.find(({ name }) => name === failed[0])?.attempts.length ?? 0;
  return failed.length === 1 && attempts > 1 ? ` again (attempt ${attempts})` : "";
}

/** What to do about a failed build, as far as its problems tell. */
function mendText(build: BuildState, failed: readonly string[], shown: Shown): string {
  const elsewhere = mendElsewhere(build, failed, shown) ?? staleText(shown);
  if (elsewhere !== undefined) return elsewhere;
  const [stage, ...others] = failed;
  if (stage === undefined) return "";
  const problem = orderedProblems(build).find((each) => each.stage === stage);
  const place = problem && sourceOf(located(problem, build.workspace));
  const mend = place === undefined ? "Once it is mended, " : `Mend ${place}, then `;
  return `${mend}${others.length > 0 ? "build again." : retryText(stage, shown)}`;
}

/** With more characters it would push out what to do next. */
const longestPlace = 36;

/** The file and line to mend. Where an entry of a manifest is wrong it may be mended elsewhere. */
function sourceOf(problem: Problem): string | undefined {
  const place = problem.manifest === undefined ? problemPlace(problem) : undefined;
  return place === undefined || place.length <= longestPlace ? place : basename(place);
}

/** How to run a stage again, as `r` does for the selected one. */
function retryText(stage: string, { ui }: Shown): string {
  return ui.selected === stage ? "retry." : `select ${stage} and retry.`;
}

/** Stages that are named; of more of them the first two are. */
const mostNamed = 3;

/** What a new build would build again, and the key for it. */
function staleText({ ui, keymap, facts }: Shown): string | undefined {
  const names = Object.keys(facts?.stale ?? {});
  const key = keyIn(ui.screen, "build", keymap);
  if (names.length === 0 || ui.screen !== "build" || key === undefined) return undefined;
  const [last, ...before] = names.toReversed();
  const shown =
    names.length > mostNamed
      ? `${names.slice(0, mostNamed - 1).join(", ")} and ${names.length - mostNamed + 1} more`
      : [before.toReversed().join(", "), last].filter((part) => part !== "").join(" and ");
  return `Changed since: ${key} builds ${shown} again.`;
}

/** A retry of the stage that failed cannot help while an earlier one has to be mended. */
function mendElsewhere(
  build: BuildState,
  failed: readonly string[],
  { ui, keymap }: Shown,
): string | undefined {
  const [stage, ...others] = failed;
  const key = buildKeys(ui.screen, keymap);
  if (stage === undefined || others.length > 0 || key === undefined) return undefined;
  const origin = otherOrigin(build, stage);
  return (
    origin && `Mend ${origin.component}, then ${key}: builds ${origin.stage} and the rest again.`
  );
}

/** Of an earlier build: what it came to, and the way back. */
function pastOutcome(build: BuildState, shown: Shown & Pick<ConsoleModel, "past">): Outcome {
  const newer = shown.past?.overtakenBy;
  if (newer !== undefined) {
    const key = hintText(shown, [["newest-build", "show it"]]);
    return { text: `Build ${newer} was started elsewhere.  ${key}`.trimEnd(), tone: "notice" };
  }
  const back = hintText(shown, [["newest-build", "back to the newest build"]]);
  if (!isAboutBuild(shown.ui.screen)) {
    // What it came to would stand under the tree as it is now, or under another build.
    const number = Number.parseInt(build.build, 10);
    return { text: `Build ${number} is open, read-only.  ${back}`.trimEnd(), tone: "notice" };
  }
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

function runningOutcome(build: BuildState, now = 0): Outcome | undefined {
  if (build.stopping !== undefined) {
    const { at, graceSeconds } = build.stopping;
    const left = Math.ceil(graceSeconds - (now - Date.parse(at)) / 1000);
    // A clock that was set back must not promise more than there ever was.
    const then =
      left > 0 ? `kills them in ${Math.min(left, graceSeconds)} s` : "kills what is left";
    return { text: `Stopping: asked all its processes to end, ${then}.`, tone: "interrupted" };
  }
  const failed = build.stages.filter(({ state }) => state === "failed").map(({ name }) => name);
  return failed.length === 0
    ? undefined
    : { text: `${failed.join(", ")} failed; the rest goes on.`, tone: "failed" };
}
